/// One product of the shop.
#[derive(Debug)]
pub(in crate::shop) struct Product {
    pub(in crate::shop) id: u64,
    pub(in crate::shop) sku: &'static str,
    pub(in crate::shop) title: &'static str,
    pub(in crate::shop) title_ar: &'static str,
    pub(in crate::shop) pence: u64,
}

const fn product(
    id: u64,
    sku: &'static str,
    title: &'static str,
    title_ar: &'static str,
    pence: u64,
) -> Product {
    Product { id: 7_200_000_000_000 + id * 10, sku, title, title_ar, pence }
}

pub(super) const BOARD: &Product =
    &product(1, "OLV-BRD-L", "Olive wood serving board, large", "لوح تقديم من خشب الزيتون، كبير", 38_00);
pub(super) const SERVERS: &Product =
    &product(2, "OLV-SRV", "Olive wood salad servers", "ملاعق سلطة من خشب الزيتون", 19_00);
pub(super) const NAPKIN: &Product =
    &product(3, "LIN-NAP-SG", "Linen napkin, sage", "منديل كتان بلون المريمية", 8_00);
pub(super) const RUNNER: &Product =
    &product(4, "LIN-RUN-SG", "Linen table runner, sage", "مفرش طاولة من الكتان بلون المريمية", 28_00);
pub(super) const SOAP: &Product = &product(5, "SOP-LRL", "Laurel soap", "صابون الغار", 5_50);
pub(super) const ZAATAR: &Product = &product(6, "PAN-ZTR", "Za’atar & sumac tin", "علبة زعتر وسماق", 9_50);
pub(super) const BOWL: &Product =
    &product(7, "CER-BWL", "Hand-thrown dipping bowl", "وعاء غموس مشغول يدويًا", 14_50);
pub(super) const POT: &Product = &product(8, "COP-CEZ", "Copper coffee pot", "ركوة قهوة نحاسية", 42_00);
pub(super) const CUPS: &Product = &product(9, "CER-CUP-6", "Six small coffee cups", "ستة فناجين قهوة", 33_00);
