import type { Lexicon } from "../text/sense.ts";

/** Kinds of resources, and words that count or point at one. */
export const SUBJECTS: Lexicon = [
  [
    { is: "subject", kind: "virtual-machine", one: true },
    "server|instance|machine|host|vm|node|box|virtual machine|virtual server|cloud server|compute instance|那台|这台",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: false },
    "servers|instances|machines|hosts|vms|nodes|boxes|virtual machines|virtual servers|cloud servers|compute instances|fleet|服务器|机器|主机|实例|云主机|云服务器|虚拟机|虚机|节点",
  ],
  [{ is: "subject", kind: "database", one: true }, "database|db|database instance|db instance|database server"],
  [
    { is: "subject", kind: "database", one: false },
    "databases|dbs|database instances|db instances|database servers|数据库|数据库实例|db实例|云数据库",
  ],
  [{ is: "subject", kind: "function", one: true }, "function|serverless function|cloud function"],
  [{ is: "subject", kind: "function", one: false }, "functions|serverless functions|cloud functions|函数|云函数|函数计算"],
  [{ is: "subject", kind: "load-balancer", one: true }, "load balancer|loadbalancer|alb|application load balancer|lb"],
  [
    { is: "subject", kind: "load-balancer", one: false },
    "load balancers|loadbalancers|albs|lbs|application load balancers|负载均衡|负载均衡器|负载均衡实例|alb实例|应用负载均衡",
  ],
  // Words of one vendor.
  [
    { is: "subject", kind: "virtual-machine", one: true, vendors: ["aws"] },
    "ec2 instance|ec2 server|ec2 machine|ec2 host|ec2 vm|aws ec2 instance",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: false, vendors: ["aws"] },
    "ec2|ec2s|ec2 instances|ec2 servers|ec2 machines|ec2 hosts|ec2 vms|aws ec2|aws ec2 instances|ec2实例|ec2主机|ec2服务器|ec2机器",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: true, vendors: ["alicloud", "volcengine"] },
    "ecs instance|ecs server|ecs machine|ecs host",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: false, vendors: ["alicloud", "volcengine"] },
    "ecs|ecs instances|ecs servers|ecs machines|ecs hosts|ecs实例|ecs主机|ecs服务器|ecs云服务器|云服务器ecs|ecs机器",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: true, vendors: ["gcp"] },
    "gce instance|gce vm|compute engine instance|compute engine vm",
  ],
  [
    { is: "subject", kind: "virtual-machine", one: false, vendors: ["gcp"] },
    "gce|gce instances|gce vms|compute engine|compute engine instances|compute engine vms|google compute engine|gce实例|gce虚拟机",
  ],
  [{ is: "subject", kind: "database", one: true, vendors: ["aws", "alicloud", "volcengine"] }, "rds instance|rds database"],
  [
    { is: "subject", kind: "database", one: false, vendors: ["aws", "alicloud", "volcengine"] },
    "rds|rds instances|rds databases|rds实例|rds数据库|云数据库rds",
  ],
  [{ is: "subject", kind: "database", one: false, vendors: ["gcp"] }, "cloud sql|cloud sql instances|cloud sql databases|cloudsql"],
  [{ is: "subject", kind: "function", one: true, vendors: ["aws"] }, "lambda|lambda function"],
  [{ is: "subject", kind: "function", one: false, vendors: ["aws"] }, "lambdas|lambda functions|lambda函数"],
  [{ is: "subject", kind: "load-balancer", one: true, vendors: ["aws"] }, "elb"],
  [{ is: "subject", kind: "load-balancer", one: false, vendors: ["aws"] }, "elbs"],
  [{ is: "subject", kind: "load-balancer", one: false, vendors: ["azure"] }, "application gateways|app gateways|应用网关"],
  [{ is: "measureWord" }, "台|个|条|次|笔"],
  [{ is: "single" }, "哪台|哪一台|哪个是|哪一个|哪条|which one|the one"],
];
