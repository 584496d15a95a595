//! Rules that infrastructure is usually held to, by their names in the AWS Guard Rules Registry, each with the resources
//! that break it on purpose and why. An exception that is not needed fails as a broken rule does.

use serde_json::Value;

use super::Template;
use super::policies::{each, statements};

struct Rule {
    name: &'static str,
    /// The type of the resources that it is about.
    on: &'static str,
    holds: fn(&Value) -> bool,
    /// The resources that break it, and why.
    but: &'static [(&'static str, &'static str)],
}

const OWN_KEYS: &str =
    "encrypted with SQS's own keys: a key of KMS has a monthly price, and SNS could not write under it";
const TOPICS: &str =
    "SES and CloudWatch could only publish under a customer's own key; nothing stays in a topic";
const OTHERWISE_KEPT: &str = "its queue has a dead-letter queue of its own";
const CALLER_IS_TOLD: &str = "over HTTPS the sender is told that it failed";
const SHARED_CONCURRENCY: &str =
    "reserving would refuse to deploy into a new account, whose ten executions may not be reserved";

const RULES: &[Rule] = &[
    Rule {
        name: "iam_policydocument_no_wildcard_resource",
        on: "AWS::IAM::Role",
        holds: |role| statements(role).all(|statement| !each(&statement["Resource"]).iter().any(has_star)),
        but: &[],
    },
    Rule {
        name: "iam_role_no_wildcard_actions_on_permissions",
        on: "AWS::IAM::Role",
        holds: |role| statements(role).all(|statement| !each(&statement["Action"]).iter().any(has_star)),
        but: &[],
    },
    Rule {
        name: "iam_policy_no_statements_with_admin_access",
        on: "AWS::IAM::Role",
        holds: |role| {
            role.get("ManagedPolicyArns").is_none()
                && statements(role)
                    .all(|one| one.get("NotAction").is_none() && one.get("NotResource").is_none())
        },
        but: &[],
    },
    Rule {
        name: "dynamodb_pitr_enabled",
        on: "AWS::DynamoDB::Table",
        holds: |table| table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] == true,
        but: &[],
    },
    Rule {
        name: "dynamodb_table_must_be_encrypted",
        on: "AWS::DynamoDB::Table",
        holds: |table| table["SSESpecification"]["SSEEnabled"] == true,
        but: &[],
    },
    Rule {
        name: "sqs_queue_kms_master_key_id_rule",
        on: "AWS::SQS::Queue",
        holds: |queue| queue.get("KmsMasterKeyId").is_some(),
        but: &[
            ("Inbox", OWN_KEYS),
            ("InboxDead", OWN_KEYS),
            ("Outbox", OWN_KEYS),
            ("OutboxDead", OWN_KEYS),
            ("OutcomesDead", OWN_KEYS),
        ],
    },
    Rule {
        name: "queues are encrypted in one way or another",
        on: "AWS::SQS::Queue",
        holds: |queue| queue["SqsManagedSseEnabled"] == true,
        but: &[],
    },
    Rule {
        name: "sns_encrypted_kms",
        on: "AWS::SNS::Topic",
        holds: |topic| topic.get("KmsMasterKeyId").is_some(),
        but: &[("MailboxTopic", TOPICS), ("AlarmTopic", TOPICS)],
    },
    Rule {
        name: "sqs_queuepolicy_no_wildcard_principal",
        on: "AWS::SQS::QueuePolicy",
        holds: |policy| grants_are_bound(&policy["PolicyDocument"]),
        but: &[],
    },
    Rule {
        name: "sns_topicpolicy_no_wildcard_principal",
        on: "AWS::SNS::TopicPolicy",
        holds: |policy| grants_are_bound(&policy["PolicyDocument"]),
        but: &[],
    },
    Rule {
        name: "lambda_no_wildcard_principal",
        on: "AWS::Lambda::Permission",
        holds: |permission| permission["Principal"] != "*",
        but: &[],
    },
    Rule {
        name: "lambda_function_public_access_prohibited",
        on: "AWS::Serverless::Function",
        holds: |function| function["FunctionUrlConfig"]["AuthType"] != "NONE",
        but: &[
            (
                "Receive",
                "shops' platforms cannot sign for IAM: every delivery is verified by its source's signature",
            ),
            (
                "Respond",
                "customers come from the links in their mails, each of which carries a signed, expiring token",
            ),
        ],
    },
    Rule {
        name: "lambda_dlq_check",
        on: "AWS::Serverless::Function",
        holds: |function| function.get("DeadLetterQueue").is_some(),
        but: &[
            ("Receive", CALLER_IS_TOLD),
            ("Respond", CALLER_IS_TOLD),
            ("Absorb", OTHERWISE_KEPT),
            ("Deliver", OTHERWISE_KEPT),
            ("Dispatch", "a missed tick is made good by the next one"),
            ("Console", "whoever asked is told that it failed"),
            ("Tally", "a missed stretch is made good by the next hour"),
        ],
    },
    Rule {
        name: "lambda_concurrency_check",
        on: "AWS::Serverless::Function",
        holds: |function| function.get("ReservedConcurrentExecutions").is_some(),
        but: &[
            ("Receive", SHARED_CONCURRENCY),
            ("Absorb", SHARED_CONCURRENCY),
            ("Dispatch", SHARED_CONCURRENCY),
            ("Deliver", SHARED_CONCURRENCY),
            ("Respond", SHARED_CONCURRENCY),
            ("Observe", SHARED_CONCURRENCY),
            ("Console", SHARED_CONCURRENCY),
            ("Tally", SHARED_CONCURRENCY),
        ],
    },
    Rule {
        name: "cw_loggroup_retention_period_check",
        on: "AWS::Logs::LogGroup",
        holds: |log| log["RetentionInDays"]["Ref"] == "LogRetentionDays",
        but: &[],
    },
    Rule {
        name: "cloudwatch_alarm_action_check",
        on: "AWS::CloudWatch::Alarm",
        holds: |alarm| alarm["AlarmActions"].as_array().is_some_and(|actions| !actions.is_empty()),
        but: &[],
    },
    Rule {
        name: "api_gwv2_access_logs_enabled",
        on: "AWS::ApiGatewayV2::Stage",
        holds: |stage| stage["AccessLogSettings"].get("DestinationArn").is_some(),
        but: &[],
    },
];

/// What the registry asks of types that are not in the template, lest the rule be taken for one that is checked.
const WITHOUT_SUBJECT: [&str; 1] = ["lambda_no_wildcard_principal"];

fn has_star(value: &Value) -> bool {
    value.to_string().contains('*')
}

/// Whether only one resource of ours may use each grant to a service.
fn grants_are_bound(policy: &Value) -> bool {
    each(&policy["Statement"]).iter().all(|statement| {
        !has_star(&statement["Principal"])
            && statement["Condition"].to_string().contains("aws:SourceArn")
            && !each(&statement["Action"]).iter().any(has_star)
    })
}

/// What is wrong by a rule: resources that break it, and exceptions that are not needed.
fn wrong(template: &Template, rule: &Rule) -> Vec<String> {
    let breaking = template.of_type(rule.on).filter(|(_, properties)| !(rule.holds)(properties));
    let breaking: Vec<&str> = breaking.map(|(name, _)| name).collect();
    let excepted: Vec<&str> = rule.but.iter().map(|(name, _)| *name).collect();
    let broken = breaking.iter().filter(|name| !excepted.contains(name));
    let unneeded = excepted.iter().filter(|name| !breaking.contains(name));
    let broken = broken.map(|name| format!("{name} breaks {}", rule.name));
    broken.chain(unneeded.map(|name| format!("{name} keeps {}: no exception is needed", rule.name))).collect()
}

#[test]
fn the_template_keeps_the_usual_rules_but_for_named_exceptions() {
    let wrong: Vec<String> = RULES.iter().flat_map(|rule| wrong(Template::own(), rule)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_about_something() {
    let idle = RULES.iter().filter(|rule| Template::own().of_type(rule.on).next().is_none());
    assert_eq!(idle.map(|rule| rule.name).collect::<Vec<_>>(), WITHOUT_SUBJECT);
}

#[test]
fn a_broken_rule_is_noticed() {
    let text = include_str!("../../../template.yaml");
    for (from, to, broken) in [
        ("SSEEnabled: true}", "SSEEnabled: false}", "Table breaks dynamodb_table_must_be_encrypted"),
        (
            "Action: [dynamodb:Query]",
            "Action: [\"dynamodb:*\"]",
            "iam_role_no_wildcard_actions_on_permissions",
        ),
        ("Resource: !GetAtt Inbox.Arn", "Resource: \"*\"", "iam_policydocument_no_wildcard_resource"),
        ("FunctionUrlConfig: {AuthType: NONE}", "", "Receive keeps lambda_function_public_access_prohibited"),
    ] {
        assert!(text.contains(from), "{from}");
        let template = Template::read(&text.replacen(from, to, 1));
        let wrong: Vec<String> = RULES.iter().flat_map(|rule| wrong(&template, rule)).collect();
        assert!(wrong.iter().any(|wrong| wrong.contains(broken)), "{broken}: {wrong:?}");
    }
}
