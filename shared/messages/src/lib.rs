//! Mails and pages.
