//! A picture of a mail, by the browser of this machine.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Under which names the browser is looked for.
const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// The width at which mails are read on a desktop.
const WIDTH_PIXELS: u32 = 680;

/// The most that is drawn.
const MOST_PIXELS: u32 = 6_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(super) enum PictureError {
    /// No browser.
    #[error("none of {} is installed", PROGRAMS.join(", "))]
    NoBrowser,
    /// A file could not be read or written.
    #[error("a file could not be written")]
    File(#[from] std::io::Error),
    /// The browser wrote nothing.
    #[error("the browser drew nothing: {0}")]
    Nothing(String),
}

/// Draws a page as high as it is.
pub(super) fn take_picture(html: &Path, picture: &Path) -> Result<(), PictureError> {
    let (html, picture) = (std::path::absolute(html)?, std::path::absolute(picture)?);
    // One of an earlier message would be taken for this one's.
    if picture.exists() {
        fs::remove_file(&picture)?;
    }
    let height = height(&html)?;
    let size = format!("--window-size={WIDTH_PIXELS},{height}");
    let screenshot = format!("--screenshot={}", picture.display());
    let output = browse(&html, &[&size, &screenshot])?;
    if picture.is_file() {
        return Ok(());
    }
    Err(PictureError::Nothing(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// How high a page is: a copy of it says so, which is gone afterwards.
fn height(html: &Path) -> Result<u32, PictureError> {
    const SAY: &str =
        "<script>document.body.dataset.height = document.documentElement.scrollHeight</script></body>";
    let copy = html.with_extension("measured.html");
    fs::write(&copy, fs::read_to_string(html)?.replace("</body>", SAY))?;
    let output = browse(&copy, &[&format!("--window-size={WIDTH_PIXELS},400"), "--dump-dom"]);
    fs::remove_file(&copy)?;
    let page = String::from_utf8_lossy(&output?.stdout).into_owned();
    let height = page.split("data-height=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
    Ok(height.unwrap_or(1_200).min(MOST_PIXELS))
}

fn browse(page: &Path, options: &[&str]) -> Result<Output, PictureError> {
    let fixed = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run"];
    let sandbox = is_root().then_some("--no-sandbox");
    for program in PROGRAMS {
        let mut command = Command::new(program);
        command.args(fixed).args(sandbox).args(options).arg(format!("file://{}", page.display()));
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            output => return Ok(output?),
        }
    }
    Err(PictureError::NoBrowser)
}

/// The browser's sandbox needs a user who is not root.
fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}
