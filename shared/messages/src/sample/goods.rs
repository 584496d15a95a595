//! The words of the samples.

/// What differs by language.
pub(super) struct Goods {
    pub(super) first_name: &'static str,
    pub(super) currency: &'static str,
    /// Title, quantity, and what all of them cost.
    pub(super) lines: [(&'static str, u32, i64); 3],
    /// Title and price.
    pub(super) items: [(&'static str, i64); 4],
    pub(super) shipping: i64,
    pub(super) place: [&'static str; 2],
    pub(super) carrier: &'static str,
    pub(super) subject: &'static str,
    pub(super) offer: &'static str,
    pub(super) comment: &'static str,
}

pub(super) const ENGLISH: Goods = Goods {
    first_name: "Amelia",
    currency: "GBP",
    lines: [
        ("Olive wood serving board, large", 1, 3_800),
        ("Linen napkin, sage", 4, 3_200),
        ("Laurel soap", 2, 1_100),
    ],
    items: [
        ("Olive wood salad servers", 1_900),
        ("Linen table runner, sage", 2_800),
        ("Za’atar & sumac tin", 950),
        ("Hand-thrown dipping bowl", 1_450),
    ],
    shipping: 695,
    place: ["Sidra Clifton", "22 Harbour Row, Bristol BS8 1UD"],
    carrier: "Swallow Post",
    subject: "One napkin is missing",
    offer: "Until the end of the month we send every order of linen free of charge.",
    comment: "The box was a little open.",
};

pub(super) const ARABIC: Goods = Goods {
    first_name: "سلمى",
    currency: "EGP",
    lines: [
        ("لوح تقديم من خشب الزيتون، كبير", 1, 125_000),
        ("مناديل كتان بلون المريمية", 4, 96_000),
        ("صابون الغار Aleppo No. 5", 2, 34_000),
    ],
    items: [
        ("ملاعق سلطة من خشب الزيتون", 64_000),
        ("مفرش طاولة من الكتان", 88_000),
        ("علبة زعتر وسماق", 27_500),
        ("وعاء غموس مشغول يدويًا", 41_000),
    ],
    shipping: 9_500,
    place: ["سدرة المعادي", "٢٢ شارع المرفأ، المعادي، القاهرة"],
    carrier: "Swallow Post",
    subject: "منديل ناقص من الطلب",
    offer: "حتى نهاية الشهر نرسل كل طلب من الكتان من دون رسوم توصيل.",
    comment: "وصلت العلبة مفتوحة قليلًا.",
};
