use serde::Serialize;

/// Which part of a long list a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are; at least one.
    pub pages: usize,
    /// How many things there are in all.
    pub total: usize,
}

impl Paging {
    /// How many things a page shows.
    pub const SIZE: usize = 50;

    /// The page `wanted` of `total` things, or the last one there is.
    pub fn of(total: usize, wanted: usize) -> Self {
        let pages = total.div_ceil(Self::SIZE).max(1);
        Self { page: wanted.clamp(1, pages), pages, total }
    }

    /// How many things come before this page.
    pub fn skipped(&self) -> usize {
        (self.page - 1) * Self::SIZE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_end_is_the_last_one() {
        assert_eq!(Paging::of(0, 7), Paging { page: 1, pages: 1, total: 0 });
        assert_eq!(Paging::of(50, 2), Paging { page: 1, pages: 1, total: 50 });
        assert_eq!(Paging::of(51, 2), Paging { page: 2, pages: 2, total: 51 });
        assert_eq!(Paging::of(51, 0).skipped(), 0);
        assert_eq!(Paging::of(51, 9).skipped(), 50);
    }
}
