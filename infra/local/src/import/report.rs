use std::path::Path;

use super::Plan;

/// Writes what was not taken as a table: file, line, column, what was left out, and why. It names lines and columns, and holds
/// values where the reason cannot be told without: keep it where the export is kept.
pub fn write_report(plan: &Plan, path: &Path) -> Result<(), csv::Error> {
    let mut report = csv::Writer::from_path(path)?;
    report.write_record(["file", "line", "column", "left out", "reason"])?;
    for file in &plan.files {
        let name = file.path.display().to_string();
        for refusal in &file.refused {
            let what = if refusal.whole_line { "line" } else { "value" };
            let column = refusal.column.as_deref().unwrap_or_default();
            report.write_record([&name, &refusal.line.to_string(), column, what, &refusal.reason])?;
        }
    }
    Ok(report.flush()?)
}
