use crate::row::plain;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Customers, with what they agreed to.
    Customers,
    /// Orders, one line each or several.
    Orders,
    /// Endpoints of Amazon Pinpoint: addresses by channel.
    Endpoints,
}

impl Kind {
    /// What a table holds, by the names of its columns.
    pub(crate) fn of(columns: &[String]) -> Option<Self> {
        let columns: Vec<String> = columns.iter().map(|name| plain(name)).collect();
        let has = |names: &[&str]| columns.iter().any(|column| names.contains(&column.as_str()));
        let is_endpoint = has(&["channeltype"]);
        let is_order =
            has(&["order", "orderid", "ordernumber", "financialstatus", "lineitemname", "lineitemquantity"]);
        let is_customer = has(&["email", "emailaddress", "phone", "phonenumber", "customerid", "customer"]);
        match (is_endpoint, is_order, is_customer) {
            (true, ..) => Some(Self::Endpoints),
            (_, true, _) => Some(Self::Orders),
            (.., true) => Some(Self::Customers),
            _ => None,
        }
    }

    /// Its name, as the command takes and prints it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Endpoints => "endpoints",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::Customers, Self::Orders, Self::Endpoints];
        let found = known.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| format!("{text:?} is not customers, orders or endpoints"))
    }
}
