import type { Lexicon } from "../text/sense.ts";

/** Kinds of resources, and words that count or point at one. */
export const SUBJECTS: Lexicon = [
  [
    { is: "subject", kind: "virtual-machine", one: true },
    "server|instance|machine|host|vm|node|box|virtual machine|virtual server|cloud server|compute instance|ec2 instance|ec2 server|ec2 machine|ec2 host|那台|这台",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: false },
    "servers|instances|machines|hosts|vms|nodes|boxes|ec2|ec2s|virtual machines|virtual servers|cloud servers|compute instances|ec2 instances|ec2 servers|ec2 machines|ec2 hosts|fleet|服务器|机器|主机|实例|云主机|云服务器|虚拟机|虚机|节点|ec2实例|ec2主机|ec2服务器|ecs实例",
  ],
  [{ is: "subject", kind: "database", one: true }, "database|db|rds instance|rds database|database instance|db instance|database server"],
  [
    { is: "subject", kind: "database", one: false },
    "databases|dbs|rds|rds instances|rds databases|database instances|db instances|database servers|数据库|数据库实例|rds实例|rds数据库|db实例|云数据库",
  ],
  [{ is: "subject", kind: "function", one: true }, "function|lambda|lambda function|serverless function|cloud function"],
  [
    { is: "subject", kind: "function", one: false },
    "functions|lambdas|lambda functions|serverless functions|cloud functions|函数|云函数|lambda函数|函数计算",
  ],
  [{ is: "subject", kind: "load-balancer", one: true }, "load balancer|loadbalancer|alb|elb|application load balancer|lb"],
  [
    { is: "subject", kind: "load-balancer", one: false },
    "load balancers|loadbalancers|albs|elbs|lbs|application load balancers|负载均衡|负载均衡器|负载均衡实例|alb实例|应用负载均衡",
  ],
  [{ is: "measureWord" }, "台|个|条|次|笔"],
  [{ is: "single" }, "哪台|哪一台|哪个是|哪一个|哪条|which one|the one"],
];
