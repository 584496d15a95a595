//! The resources' limits: the embedded account has the template's.

use std::collections::BTreeMap;
use std::time::Duration;

use rihla_local::aws::Layout;
use rihla_local::aws::layout::Queue;
use serde_json::Value;

use super::Template;

/// A queue's limits: visibility and retention in seconds, the dead-letter queue with the count that leads there.
type Limits = (u64, u64, Option<(String, u64)>);

/// SQS's own, where the template says nothing.
const DEFAULT_VISIBILITY: u64 = 30;

/// In the template alone: here the mailbox keeps the reports that were given up (`Mailbox::dead_events`).
const NOT_EMBEDDED: [&str; 1] = ["outcomes-dead"];

/// The name of a queue without the stack's.
pub(super) fn queue_name(resource: &Value) -> String {
    let name = resource["Properties"]["QueueName"]["Fn::Sub"].as_str().unwrap();
    name.strip_prefix("${AWS::StackName}-").unwrap().to_owned()
}

fn limits_of(template: &Template, properties: &Value) -> Limits {
    let visibility = properties["VisibilityTimeout"].as_u64().unwrap_or(DEFAULT_VISIBILITY);
    let redrive = properties["RedrivePolicy"].as_object().map(|redrive| {
        let target = redrive["deadLetterTargetArn"]["Fn::GetAtt"].as_str().unwrap();
        let target = &template.resources()[target.strip_suffix(".Arn").unwrap()];
        (queue_name(target), redrive["maxReceiveCount"].as_u64().unwrap())
    });
    (visibility, properties["MessageRetentionPeriod"].as_u64().unwrap(), redrive)
}

fn embedded(queue: &Queue) -> Limits {
    let redrive = queue.redrive.as_ref();
    let redrive = redrive.map(|redrive| (redrive.target.clone(), redrive.max_receive_count.into()));
    (queue.visibility.as_secs(), queue.retention.as_secs(), redrive)
}

#[test]
fn the_embedded_queues_have_the_limits_of_the_templates() {
    let template = Template::own();
    let queues = template.resources().values().filter(|resource| resource["Type"] == "AWS::SQS::Queue");
    let mut deployed: BTreeMap<String, Limits> =
        queues.map(|queue| (queue_name(queue), limits_of(template, &queue["Properties"]))).collect();
    for name in NOT_EMBEDDED {
        assert!(deployed.remove(name).is_some(), "{name} is in the template");
    }
    let layout = Layout::default();
    let here = layout.queues.iter().map(|queue| (queue.name.clone(), embedded(queue)));
    assert_eq!(deployed, here.collect());
}

/// As Lambda asks for: six times the function's time-out and its batching window.
#[test]
fn a_message_is_hidden_for_long_enough_to_be_worked_on() {
    let layout = Layout::default();
    let mut checked = 0;
    for (function, properties) in Template::own().functions() {
        let events = properties["Events"].as_object().into_iter().flat_map(|events| events.values());
        for event in events.filter(|event| event["Type"] == "SQS").map(|event| &event["Properties"]) {
            let queue = event["Queue"]["Fn::GetAtt"].as_str().unwrap().strip_suffix(".Arn").unwrap();
            let hidden = layout.queue(&queue_name(&Template::own().resources()[queue])).unwrap().visibility;
            let window = event["MaximumBatchingWindowInSeconds"].as_u64().unwrap_or(0);
            let wanted = Duration::from_secs(6 * properties["Timeout"].as_u64().unwrap() + window);
            assert!(hidden >= wanted, "{function}: {hidden:?} of {wanted:?}");
            checked += 1;
        }
    }
    assert_eq!(checked, 2);
}

#[test]
fn the_embedded_mail_tells_what_the_templates_tells() {
    let destinations = Template::own().of_type("AWS::SES::ConfigurationSetEventDestination");
    let told: Vec<&Value> = destinations.map(|(_, properties)| &properties["EventDestination"]).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["MatchingEventTypes"], Value::from(Layout::default().mail_events));
}

/// Each metric that an alarm watches has its price.
#[test]
fn the_bill_has_every_alarm() {
    let watched = |alarm: &Value| {
        let several = alarm["Metrics"].as_array().into_iter().flatten();
        several.filter(|one| one.get("MetricStat").is_some()).count().max(1)
    };
    let alarms = Template::own().of_type("AWS::CloudWatch::Alarm");
    let metrics: usize = alarms.map(|(_, alarm)| watched(alarm)).sum();
    assert_eq!(metrics, usize::try_from(rihla_local::cost::ALARM_METRICS).unwrap());
}
