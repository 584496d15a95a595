/// One customer of the web shop.
#[derive(Debug)]
pub(in crate::shop) struct Customer {
    pub(in crate::shop) id: u64,
    pub(in crate::shop) first_name: &'static str,
    pub(in crate::shop) last_name: &'static str,
    pub(in crate::shop) email: &'static str,
    pub(in crate::shop) phone: Option<&'static str>,
    pub(in crate::shop) locale: &'static str,
    pub(in crate::shop) country: &'static str,
    pub(in crate::shop) city: &'static str,
    /// Whether marketing was agreed to at the checkout.
    pub(in crate::shop) agrees: bool,
}

impl Customer {
    /// Who carries the parcel.
    pub(in crate::shop) fn carrier(&self) -> &'static str {
        if self.country == "GB" { "Swift Post" } else { "Levant Express" }
    }

    const fn british(
        id: u64,
        name: [&'static str; 2],
        email: &'static str,
        city: &'static str,
        agrees: bool,
    ) -> Self {
        let id = 6_800_000_000_000 + id;
        let [first_name, last_name] = name;
        Self { id, first_name, last_name, email, phone: None, locale: "en-GB", country: "GB", city, agrees }
    }

    const fn arab(
        id: u64,
        name: [&'static str; 2],
        email: &'static str,
        home: [&'static str; 3],
        agrees: bool,
    ) -> Self {
        let [locale, country, city] = home;
        Self { locale, country, ..Self::british(id, name, email, city, agrees) }
    }

    const fn phone(self, phone: &'static str) -> Self {
        Self { phone: Some(phone), ..self }
    }
}

pub(super) const AMELIA: &Customer =
    &Customer::british(1, ["Amelia", "Hart"], "amelia.hart@example.com", "Bristol", true)
        .phone("+447700900101");
pub(super) const OLIVER: &Customer =
    &Customer::british(2, ["Oliver", "Grant"], "oliver.grant@example.com", "Leeds", false);
pub(super) const PRIYA: &Customer =
    &Customer::british(3, ["Priya", "Nair"], "priya.nair@example.org", "Leicester", true);
pub(super) const TOM: &Customer =
    &Customer::british(4, ["Tom", "Whitfield"], "tom.whitfield@example.com", "Exeter", true);
pub(super) const GRACE: &Customer =
    &Customer::british(5, ["Grace", "Okafor"], "grace.okafor@example.com", "London", true);
/// The same person: she typed her address in capitals, and Shopify made a new customer of her.
pub(super) const GRACE_AGAIN: &Customer =
    &Customer::british(55, ["Grace", "Okafor"], "Grace.Okafor@Example.com", "London", true);
pub(super) const HANNAH: &Customer =
    &Customer::british(6, ["Hannah", "Lewis"], "hannah.lewis@example.net", "Cardiff", true);
pub(super) const DANIEL: &Customer =
    &Customer::british(7, ["Daniel", "Moss"], "daniel.moss@example.com", "Norwich", true);
/// Amazon's address for a mailbox that does not exist.
pub(super) const MARTIN: &Customer =
    &Customer::british(8, ["Martin", "Pell"], "bounce@simulator.amazonses.com", "Hull", true);
pub(super) const RUTH: &Customer =
    &Customer::british(9, ["Ruth", "Adler"], "ruth.adler@example.com", "Oxford", false);
pub(super) const EWAN: &Customer =
    &Customer::british(10, ["Ewan", "MacLeod"], "ewan.macleod@example.org", "Inverness", true);
pub(super) const BEA: &Customer =
    &Customer::british(11, ["Beatrice", "Shaw"], "bea.shaw@example.com", "Derby", false);
/// Amazon's address for somebody who calls each mail unwanted.
pub(super) const COLIN: &Customer =
    &Customer::british(12, ["Colin", "Marsh"], "complaint@simulator.amazonses.com", "Luton", true);
pub(super) const LEO: &Customer =
    &Customer::british(13, ["Leo", "Fontaine"], "leo.fontaine@example.net", "Bath", true);
pub(super) const CHIDI: &Customer =
    &Customer::british(14, ["Chidi", "Eze"], "chidi.eze@example.com", "Manchester", false);
pub(super) const STAFF: &Customer =
    &Customer::british(99, ["Sidra", "Trial"], "trial@sidra.example", "Bristol", true);

pub(super) const SALMA: &Customer =
    &Customer::arab(21, ["سلمى", "فاروق"], "salma.farouk@example.com", ["ar-EG", "EG", "القاهرة"], true);
pub(super) const LAYLA: &Customer =
    &Customer::arab(22, ["ليلى", "المنصوري"], "layla.almansoori@example.com", ["ar-AE", "AE", "دبي"], true);
pub(super) const YOUSSEF: &Customer = &Customer::arab(
    23,
    ["يوسف", "بنعلي"],
    "youssef.benali@example.org",
    ["ar-MA", "MA", "الدار البيضاء"],
    true,
);
pub(super) const NOURA: &Customer =
    &Customer::arab(24, ["نورة", "العتيبي"], "noura.alotaibi@example.com", ["ar-KW", "KW", "الكويت"], true);
pub(super) const OMAR: &Customer =
    &Customer::arab(25, ["عمر", "حداد"], "omar.haddad@example.net", ["ar-JO", "JO", "عمّان"], false);
pub(super) const KHALID: &Customer =
    &Customer::arab(26, ["خالد", "رمزي"], "khalid.ramzi@example.com", ["ar", "GB", "London"], true);
pub(super) const SARA: &Customer =
    &Customer::arab(27, ["سارة", "منصور"], "sara.mansour@example.com", ["ar-EG", "EG", "الإسكندرية"], true);
