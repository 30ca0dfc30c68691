import type { Lexicon } from "../text/sense.ts";

/** Verbs that change something, and words of the cloud that the grammar does not plan for but a model may. */
export const REFUSALS: Lexicon = [
  [
    { is: "write" },
    "reboot|restart|delete|remove|terminate|destroy|kill|stop|start|shutdown|shut them down|shut it down|power off|power on|turn off|turn on|switch off|create|launch|provision|deploy|scale|scale up|scale down|scale out|scale in|resize|modify|update|upgrade|downgrade|change|edit|rename|attach|detach|enable|disable|add|set|reset|rollback|roll back|revoke|grant|drop|purge|drain|migrate|patch|install|uninstall|execute|rotate|failover|snapshot|back up|backup|restore|acknowledge|silence|mute|suppress|rebalance|stop all|tag|tag them|label|untag|clean up|spin up|tear down",
  ],
  [
    { is: "write" },
    "重启|重新启动|删除|删掉|删|移除|终止掉|销毁|停掉|停止掉|关掉|关闭掉|启动|开启|创建|新建|购买|释放|扩容|缩容|扩缩容|升级|降级|修改|变更|更改|更新|调整|设置为|改成|改为|改名|重命名|绑定|解绑|挂载|卸载|启用|禁用|停用|部署一个|部署新|迁移|回滚|清理|清空|执行|安装|打上标签|加上标签|打个标签|贴上标签|备份|恢复|切换|静默|屏蔽|确认告警|下线|上线|杀掉|关停|加一台|加机器|申请|修复|干掉",
  ],
  [
    { is: "cloud" },
    "s3|bucket|buckets|vpc|vpcs|subnet|subnets|security group|security groups|iam|cost|costs|spend|spending|bill|invoice|kubernetes|k8s|pod|pods|cluster|clusters|namespace|deployment|deployments|container|containers|volume|volumes|disks|filesystems|drives|ebs|snapshot|snapshots|ami|amis|elastic ip|eip|public ip|private ip|ip|ips|ip address|certificate|certificates|ssl|tls|dns|domain|route53|cloudfront|cdn|sqs|sns|queue|queues|topic|topics|kafka|redis|elasticache|dynamodb|redshift|aurora|mysql|postgres|postgresql|storage|bucket policy|encryption|encrypted|unencrypted|backup policy|autoscaling|auto scaling|scaling group|quota|quotas|cloudwatch|cloudtrail|dashboard|dashboards|monitoring|infrastructure|cloud|resource|resources|deploys|incident|incidents|outage|slo|sla|downtime|reservation|spot|savings plan|untagged|public|private|exposed",
  ],
  [
    { is: "cloud" },
    "存储桶|对象存储|私有网络|子网|安全组|权限|费用|成本|账单|花费|花了|集群|容器|命名空间|云盘|快照|镜像|弹性ip|公网ip|内网ip|证书|域名|解析|队列|主题|缓存|加密|备份策略|伸缩组|配额|监控|资源|云资源|故障|宕机|可用性|运维|部署记录|网关|防火墙|白名单|带宽包|存储",
  ],
];

/** Words that are never the name of a service, team or tag: they change what a question means, or only sound like a name. */
export const GUARDED_WORDS: ReadonlySet<string> = new Set(
  (
    "not no nor none never neither either only just except without unless until before after almost nearly about around roughly approximately hardly barely versus vs than then " +
    "but though although however instead rather besides beyond despite else otherwise if whether while because so too very much more most many few several some less least enough " +
    "again still yet already always often sometimes rarely usually once twice first second third next last previous other another same different similar various such like unlike " +
    "every each any all both half per via as by to into onto off up down out over under above below between among through across against toward towards " +
    "and or xor the a an this that these those it its they them their our your my his her we you i he she who whom whose which what when where why how " +
    "is are was were be been being am do does did has have had having can could will would shall should may might must " +
    "new old recent latest current slow fast big small large high low good bad weird strange odd unusual abnormal normal suspicious important interesting real possible likely maybe probably perhaps " +
    "access audit flow system kernel query queries security application applications raw structured full empty duplicate unique distinct " +
    "please thanks yes ok okay hello excluding including also even ever away back soon later earlier ago since during within outside inside"
  ).split(" "),
);
