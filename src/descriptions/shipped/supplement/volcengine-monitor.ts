/** Reads of Volcengine's cloud monitor, `cloudmonitor`. Names and types: volcengine-sdk-metadata. */
export const VOLCENGINE_MONITOR = `
service 2018-01-01 volcengine-rpc
GetMetricData POST
  # 查询指标数据。Gets metric data.
  < EndTime: int, GroupBy: [string], Instances: [{ Dimensions: [{ Name, Value }] }], MetricName!, Namespace!, Period, StartTime:
    int, StatisticsMethods: [string], SubNamespace!
  > Data: { DescriptionCN, DescriptionEN, EndTime: int, MetricDataResults: [{ DataPoints: [{ Timestamp: int, Value: number }],
    Dimensions: [{ Name, Value }], Legend, StatisticsMethods }], MetricName, Namespace, Period, StartTime: int, Unit }
GetTopData POST
  # 查询数据。Gets top data.
  < Asc: bool, EndTime: int, GroupBy: [string], Instances: [{ Dimensions: [{ Name, Value }] }], MetricNames: [string], Namespace,
    OrderByMetricName, StartTime: int, SubNamespace, TopN: int
  > Data: { Asc: bool, OrderByMetricName, TopDataResults: [{ GroupKeys: { *: any }, MetricData: { *: any } }] }
ListAlert POST
  # 查询告警。Lists alert.
  < AlertGroupId!, EndTime: int, PageNumber: int, PageSize: int, StartTime: int
  > AlertGroupId, Data: [{ CreateAt, EndAt, EvaluationCount: int, EvaluationInterval: int, Id, Level, MetricConditions: [{
    Condition, CurrentValue, Metric, TriggerCondition }], SendAlertResult: { IsSendAlert: bool, SendAlertNotifications: [{ ErrMsg,
    Level, SendAlertContacts: [{ ContactName, ContactSendResults: [{ AlertMethod, AlertMethodVal, ErrMsg, Status, Success: bool }],
    DutyScheduleId }], SendAlertOOSs: [{ ErrMsg, OrchestrationPlanId, Region, Status, Success: bool }], SendAlertWebhooks: [{
    ErrMsg, Name, Status, Success: bool, Type, Url }], SendAt, SilencePolicyId, Status, Type }], SilencePolicyId, Status }, Type }],
    PageNumber: int, PageSize: int, TotalCount: int
ListAlertGroup POST
  # 查询告警组。Lists alert group.
  < AlertStates: [string], EndAt: int, Levels: [string], Namespaces: [string], PageNumber: int, PageSize: int, ResourceId, RuleIds:
    [string], RuleName, StartAt: int
  > Asc: bool, Data: [{ AlertState, AlertType, Dimension, Duration, EndAt, Id, Level, Namespace, Region, ResourceId, ResourceName,
    ResourceType, RuleId, RuleName, RuleTriggerCondition, StartAt, SubNamespace }], OrderBy, PageNumber: int, PageSize: int,
    TotalCount: int
ListAlertTemplates POST
  # 查询告警模板。Lists alert templates.
  < Name, Namespaces: [string], ObjectGroupIds: [string], PageNumber: int, PageSize: int, TemplateIds: [string]
  > Data: [{ AppliedProjectName, CreatedAt, Description, Id, Name, NoData: { Enable: bool, EvaluationCount: int, Level },
    NotifyMode, ObjectGroups: [{ AlertMethods: [string], ContactGroupIds: [string], EffectEndAt, EffectStartAt, NotificationId,
    NotifyTemplates: [{ Channel, NotifyTemplateId }], ObjectGroupId, ObjectGroupName, Webhook, WebhookIds: [string] }],
    RecoveryNotify: { Enable: bool }, SilenceTime: int, TemplateRules: [{ AppliedRules: [{ Id, Name, ObjectGroupId, ObjectId }],
    CheckInterval: int, ConditionOperator, EvaluationCount: int, EvaluationInterval: int, LevelConditions: [{ Conditions: [{
    ComparisonOperator, EvaluationWindow: int, MetricName, MetricUnit, Statistics, Threshold }], Level }], MultipleConditions: bool,
    Name, Namespace, SubNamespace }], UpdatedAt }], PageNumber: int, PageSize: int, TotalCount: int
ListContactGroupByIds POST
  # 查询联系人组。Lists contact group by ids.
  < Ids: [string]
  > Data: [{ AccountId, Contacts: [{ Email, Id, Name, Phone }], CreatedAt, Description, Id, Name, UpdatedAt }]
ListContactGroups POST
  # 查询联系人组。Lists contact groups.
  < Name, PageNumber: int, PageSize: int
  > Data: [{ AccountId, Contacts: [{ Email, Id, Name, Phone }], CreatedAt, Description, Id, Name, UpdatedAt }], PageNumber: int,
    PageSize: int, TotalCount: int
ListContacts POST
  # 查询联系人。Lists contacts.
  < Email, Name, PageNumber: int, PageSize: int, Phone
  > Data: [{ ContactGroups: [{ AccountId, CreatedAt, Description, Id, Name, UpdatedAt }], Email, Id, Name, Phone }], PageNumber:
    int, PageSize: int, TotalCount: int
ListContactsByIds POST
  # 查询联系人。Lists contacts by ids.
  < Ids: [string]
  > Data: [{ Email, Id, Name, Phone }]
ListDefaultNotifyTemplates POST
  # 查询默认通知模板。Lists default notify templates.
  < Channels: [string], Language, Type!
  > Data: [{ Channel, Content, Language, Title, Type }]
ListEventRules POST
  # 查询事件规则。Lists event rules.
  < Asc: bool, OrderBy, PageNumber: int, PageSize: int, RuleName, Source: [string], Status: [string]
  > Asc: bool, Data: [{ AccountId, ContactGroupIds: [string], ContactMethods: [string], CreatedAt: int, Description, EffectEndAt,
    EffectStartAt, EnableState, Endpoint, EventBusName, EventType: [string], FilterPattern: { *: any }, Level, MessageQueue: [{
    InstanceId, Region, Topic, Type, VpcId }], NotificationId, NotifyTemplates: [{ Channel, NotifyTemplateId }], Region, RuleId,
    RuleName, Source, TLSTarget: [{ ProjectId, ProjectName, RegionNameCN, RegionNameEN, TopicId }], UpdatedAt: int, WebhookIds:
    [string] }], OrderBy, PageNumber: int, PageSize: int, TotalCount: int
ListEvents POST
  # 查询事件。Lists events.
  < Asc: bool, EndTime: int, EventType: [string], ID: [string], OrderBy, PageNumber: int, PageSize: int, Region, Source: [string],
    StartTime: int
  > Asc: bool, Data: [{ Detail: { *: any }, EventBusName, EventType, HappenTime: int, ID, Region, Source }], OrderBy, PageNumber:
    int, PageSize: int, TotalCount: int
ListNotifications POST
  # 查询通知。Lists notifications.
  < Ids: [string], Levels: [string], Name, PageNumber: int, PageSize: int, RuleIds: [string]
  > Data: [{ CreatedAt, EffectEndAt, EffectStartAt, Id, Levels: [string], Name, Notifications: [{ AlertMethods: [string],
    ContactGroupIds: [string], Level, NotifyTemplates: [{ Channel, NotifyTemplateId }], WebhookIds: [string] }], UpdatedAt }],
    PageNumber: int, PageSize: int, TotalCount: int
ListNotifyTemplates POST
  # 查询通知模板。Lists notify templates.
  < Channels: [string], Ids: [string], Name, PageNumber: int, PageSize: int, Types: [string]
  > Data: [{ Channel, Content, CreatedAt, Description, Id, Name, Title, Type, UpdatedAt }], PageNumber: int, PageSize: int,
    TotalCount: int
ListObjectGroups POST
  # 查询对象组。Lists object groups.
  < AlertTemplateIds: [string], Ids: [string], Name, PageNumber: int, PageSize: int
  > Data: [{ AlertTemplateId, AlertTemplateName, CreatedAt, Id, Name, Objects: [{ DimensionConditions: { MetaCondition: {
    AllDimensions: bool, Condition, Metas: [{ Comparator, Key, Values: [string] }] }, ProjectCondition: { Projects: [string] },
    TagCondition: { Condition, Tags: [{ Comparator, Key, Values: [string] }] }, Type }, Dimensions: { *: any }, Id, Namespace,
    Region, Rules: [{ AlertTemplateId, Id, Name, TemplateRuleId }], Type }], TemplateDetails: [{ AlertTemplateId, AlertTemplateName
    }], UpdatedAt }], PageNumber: int, PageSize: int, TotalCount: int
ListPresetAlertTemplates POST
  # 查询预置告警模板。Lists preset alert templates.
  < Name, Namespaces: [string], PageNumber: int, PageSize: int, TemplateIds: [string]
  > Data: [{ AlertNotification: { AlertMethods: [string], ContactGroupIds: [string], EffectEndAt, EffectStartAt, NotificationId,
    NotifyTemplates: [{ Channel, NotifyTemplateId }], Webhook, WebhookIds: [string] }, AppliedProjectName, CreatedAt, Description,
    Id, Name, NoData: { Enable: bool, EvaluationCount: int, Level }, NotifyMode, RecoveryNotify: { Enable: bool }, SilenceTime: int,
    Status: bool, TemplateRules: [{ AppliedRules: [{ Id, Name }], CheckInterval: int, ConditionOperator, EvaluationCount: int,
    LevelConditions: [{ Conditions: [{ ComparisonOperator, MetricName, MetricUnit, Statistics, Threshold }], Level }],
    MultipleConditions: bool, Name, Namespace, SubNamespace }], UpdatedAt }], PageNumber: int, PageSize: int, TotalCount: int
ListRules POST
  # 查询规则。Lists rules.
  < AlertState: [string], AlertTemplateIds: [string], EnableState: [string], Level: [string], Namespace: [string], ObjectGroupIds:
    [string], PageNumber: int, PageSize: int, ProjectName, RuleName
  > Data: [{ AlertMethods: [string], AlertState, ConditionOperator, Conditions: [{ ComparisonOperator, DisplayName,
    EvaluationWindow: int, MetricName, MetricUnit, Period, Statistics, SubNamespace, Threshold }], ContactGroupIds: [string],
    CreatedAt, Description, DimensionConditions: { MetaCondition: { AllDimensions: bool, Condition, Metas: [{ Comparator, Key,
    Values: [string] }] }, ProjectCondition: { Projects: [string] }, TagCondition: { Condition, Tags: [{ Comparator, Key, Values:
    [string] }] }, Type }, EffectEndAt, EffectStartAt, EnableState, EvaluationCount: int, EvaluationInterval: int, Id, Level,
    LevelConditions: [{ Conditions: [{ ComparisonOperator, DisplayName, EvaluationWindow: int, MetricName, MetricUnit, Period,
    Statistics, SubNamespace, Threshold }], Level }], MultipleConditions: bool, Namespace, NoData: { Enable: bool, EvaluationCount:
    int, Level }, NotificationId, NotifyTemplates: [{ Channel, NotifyTemplateId }], ObjectGroupId, OriginalDimensions: { *: any },
    ProjectName, RecoveryNotify: { Enable: bool }, Regions: [string], ResourceType, RuleName, RuleType, SilenceTime: int,
    SubNamespace, Tags: [{ Key, Value }], UpdatedAt, WebHook, WebhookIds: [string] }], PageNumber: int, PageSize: int, TotalCount:
    int
ListRulesByIds POST
  # 查询规则。Lists rules by ids.
  < Ids: [string]
  > Data: [{ AlertMethods: [string], AlertState, ConditionOperator, Conditions: [{ ComparisonOperator, DisplayName,
    EvaluationWindow: int, MetricName, MetricUnit, Period, Statistics, SubNamespace, Threshold }], ContactGroupIds: [string],
    CreatedAt, Description, DimensionConditions: { MetaCondition: { AllDimensions: bool, Condition, Metas: [{ Comparator, Key,
    Values: [string] }] }, ProjectCondition: { Projects: [string] }, TagCondition: { Condition, Tags: [{ Comparator, Key, Values:
    [string] }] }, Type }, EffectEndAt, EffectStartAt, EnableState, EvaluationCount: int, EvaluationInterval: int, Id, Level,
    LevelConditions: [{ Conditions: [{ ComparisonOperator, DisplayName, EvaluationWindow: int, MetricName, MetricUnit, Period,
    Statistics, SubNamespace, Threshold }], Level }], MultipleConditions: bool, Namespace, NoData: { Enable: bool, EvaluationCount:
    int, Level }, NotificationId, NotifyTemplates: [{ Channel, NotifyTemplateId }], ObjectGroupId, OriginalDimensions: { *: any },
    ProjectName, RecoveryNotify: { Enable: bool }, Regions: [string], ResourceType, RuleName, RuleType, SilenceTime: int,
    SubNamespace, Tags: [{ Key, Value }], UpdatedAt, WebHook, WebhookIds: [string] }]
ListSendAlert POST
  # 查询发送告警。Lists send alert.
  < AlertGroupId!, PageNumber: int, PageSize: int
  > Data: [{ AlertMethod, BathId, Content, Id, SendAt, SendResult: [{ AlertMethod, AlertMethodVal, ErrMsg, Receiver, Success: bool
    }] }], PageNumber: int, PageSize: int, TotalCount: int
ListSilencePolicy POST
  # 查询静默策略。Lists silence policy.
  < EnableState: [string], Ids: [string], Name, Namespaces: [string], PageNumber: int, PageSize: int, SilenceType: [string],
    ValidState
  > Data: [{ CreatedAt, Description, EffectTime: { Range: [{ EndDate, EndTime, StartDate, StartTime }], Type }, EnableState, Id,
    Name, Namespace, SilenceConditions: { EventType: [string], MetaCondition: { Condition, Metas: [{ Comparator, Key, Values:
    [string] }] }, RuleId, RuleName }, SilenceType, UpdatedAt, ValidReason, ValidState }], PageNumber: int, PageSize: int,
    TotalCount: int
ListWebhooks POST sensitive
  # 查询回调。Lists webhooks.
  < Asc: bool, EventRuleId, Name, OrderBy, PageNumber: int, PageSize: int, RuleId, Type, Url
  > Asc: bool, Data: [{ CreatedAt, EventRuleIds: [string], Id, Name, RuleIds: [string], Type, UpdatedAt, Url }], OrderBy,
    PageNumber: int, PageSize: int, TotalCount: int
ListWebhooksByIds POST sensitive
  # 查询回调。Lists webhooks by ids.
  < Ids: [string]
  > Data: [{ CreatedAt, EventRuleIds: [string], Id, Name, RuleIds: [string], Type, UpdatedAt, Url }]
`;
