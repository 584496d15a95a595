use super::Style;
use crate::CivilDate;

impl Style<'_> {
    /// A day near by: `Wednesday 4 March`.
    pub(crate) fn day(&self, date: CivilDate) -> String {
        self.fill(self.day, date)
    }

    /// A day with its year: `4 March 2026`.
    pub(crate) fn date(&self, date: CivilDate) -> String {
        self.fill(self.date, date)
    }

    fn fill(&self, pattern: &str, date: CivilDate) -> String {
        let month = usize::from(date.month.clamp(1, 12)) - 1;
        pattern
            .replace("{weekday}", &self.weekdays[date.weekday()])
            .replace("{day}", &self.number(date.day))
            .replace("{month}", &self.months[month])
            .replace("{year}", &self.number(date.year))
    }
}
