//! What each function's role allows, in the names of the embedded account.

use std::collections::BTreeSet;
use std::fmt;

use rihla_local::aws::layout::{ACCOUNT, REGION, arn};
use rihla_local::aws::{Layout, Permission};
use serde_json::Value;

use super::Template;

/// One thing that a function may do, or is seen to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Allowed {
    pub(crate) function: String,
    pub(crate) action: String,
    /// The resource's ARN.
    pub(crate) resource: String,
}

impl Allowed {
    pub(crate) fn new(function: &str, action: &str, resource: &str) -> Self {
        Self { function: function.into(), action: action.into(), resource: resource.into() }
    }

    /// What was seen at the connector, with the resource's ARN for its name.
    pub(crate) fn seen(function: &str, Permission { action, resource }: &Permission) -> Self {
        let service = action.split(':').next().unwrap();
        let resource = match service {
            "dynamodb" => format!("table/{resource}"),
            "ssm" => format!("parameter{resource}"),
            "ses" if resource.contains('@') => format!("identity/{resource}"),
            _ => resource.clone(),
        };
        Self::new(function, action, &arn(service, &resource))
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} {}", self.function, self.action, self.resource)
    }
}

impl Template {
    /// What the functions' roles allow.
    pub(crate) fn allowed(&self) -> BTreeSet<Allowed> {
        let functions = self.functions();
        functions.flat_map(|(name, function)| self.allowed_to(&name, &function["Role"])).collect()
    }

    fn allowed_to(&self, function: &str, role: &Value) -> Vec<Allowed> {
        let role = role["Fn::GetAtt"].as_str().unwrap().strip_suffix(".Arn").unwrap();
        let mut allowed = Vec::new();
        for statement in statements(&self.resources()[role]["Properties"]) {
            assert_eq!(statement["Effect"], "Allow");
            for action in each(&statement["Action"]) {
                for resource in each(&statement["Resource"]) {
                    allowed.push(Allowed::new(function, action.as_str().unwrap(), &self.arn_of(resource)));
                }
            }
        }
        allowed
    }

    /// What absorb may do besides, where a marketplace writes to a queue of this ARN.
    pub(crate) fn allowed_by_marketplace(&self, queue_arn: &str) -> BTreeSet<Allowed> {
        let policy = &self.resources()["MarketplacePolicy"];
        assert_eq!(policy["Condition"], "HasMarketplaceQueue");
        assert_eq!(policy["Properties"]["RoleName"]["Ref"], "AbsorbRole");
        let statements = each(&policy["Properties"]["PolicyDocument"]["Statement"]);
        let actions = statements.iter().flat_map(|statement| {
            assert_eq!(
                (&statement["Effect"], &statement["Resource"]["Ref"]),
                (&"Allow".into(), &"MarketplaceQueueArn".into())
            );
            each(&statement["Action"])
        });
        actions.map(|action| Allowed::new("absorb", action.as_str().unwrap(), queue_arn)).collect()
    }

    /// The ARN that an expression such as `!GetAtt Table.Arn` has in the embedded account.
    fn arn_of(&self, expression: &Value) -> String {
        if let Some(text) = expression["Fn::Sub"].as_str() {
            return substituted(text);
        }
        let name = expression["Fn::GetAtt"].as_str().and_then(|name| name.strip_suffix(".Arn"));
        let name = name.unwrap_or_else(|| panic!("a resource is named in a way of its own: {expression}"));
        let resource = &self.resources()[name];
        match resource["Type"].as_str().unwrap() {
            "AWS::DynamoDB::Table" => arn("dynamodb", &format!("table/{}", Layout::default().table)),
            "AWS::SQS::Queue" => arn("sqs", &super::resources::queue_name(resource)),
            "AWS::Logs::LogGroup" => arn("logs", &format!("log-group:{name}:*")),
            other => panic!("a role names a resource of type {other}"),
        }
    }
}

/// The statements of a role's policies.
pub(super) fn statements(role: &Value) -> impl Iterator<Item = &Value> {
    let policies = role["Policies"].as_array().unwrap();
    policies.iter().flat_map(|policy| each(&policy["PolicyDocument"]["Statement"]))
}

/// One or several, as policies spell it.
pub(super) fn each(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// The text of a `!Sub` with what a deployment as large as the embedded account would put into it.
fn substituted(text: &str) -> String {
    let layout = Layout::default();
    let brand = rihla_infra::brand();
    let known = [
        ("AWS::Partition", "aws"),
        ("AWS::Region", REGION),
        ("AWS::AccountId", ACCOUNT),
        ("SecretsPrefix", "/rihla/local"),
        ("SendingIdentity", &brand.sender.address),
        ("MailSet", &layout.configuration_sets[0]),
    ];
    let text = known
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{name}}}"), value));
    assert!(!text.contains("${"), "{text} names something that is not known here");
    text
}
