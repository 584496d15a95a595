//! Reads and checks the shop's files when the functions are built, and bakes them in.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script where it is by the environment"
    )]
    let (folder, out) = (PathBuf::from(env::var("CARGO_MANIFEST_DIR")?), PathBuf::from(env::var("OUT_DIR")?));
    for watched in ["brand.yaml", "sources.yaml", "limits.yaml", "holidays.yaml", "journeys", "messages"] {
        println!("cargo::rerun-if-changed={}", folder.join(watched).display());
    }
    match rihla_setup::read_setup(&folder) {
        Ok(setup) => {
            // What is imported comes in the generic format, whichever source it is of.
            let names = setup.shop.sources.iter().map(|source| source.provider.as_str());
            let names = names.chain(["standard-webhooks"]);
            bake(&out, "providers.rs", list_of_providers(names).as_bytes())?;
            bake(&out, "shop.json", &serde_json::to_vec(&setup.shop)?)?;
            bake(&out, "keep.json", &serde_json::to_vec(&setup.shop.limits.keep)?)?;
            bake(&out, "brand.json", &serde_json::to_vec(&setup.brand)?)?;
            bake(&out, "catalogue.json", &serde_json::to_vec(&setup.catalogue)?)
        }
        Err(faults) => {
            for fault in &faults.0 {
                println!("cargo::error={fault}");
            }
            Ok(())
        }
    }
}

/// The list of these providers, in Rust. Nothing names the others, so no function carries them.
fn list_of_providers<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let providers: BTreeSet<String> =
        names.map(|name| format!("&rihla_channels::{}::PROVIDER", name.replace('-', "_"))).collect();
    format!("&[{}]", Vec::from_iter(providers).join(", "))
}

fn bake(out: &Path, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(out.join(name), bytes)?)
}
