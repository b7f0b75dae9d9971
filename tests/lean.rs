//! Programs that embed the library build neither the command line nor any reader of files.

use std::process::Command;

#[test]
fn the_library_alone_is_lean() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--offline",
            "--locked",
            "-p",
            "whosaid-query",
            "--no-default-features",
        ])
        .args(["-e", "normal", "--prefix", "none", "--format", "{p}"])
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let packages: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        packages.contains(&"tantivy") && packages.contains(&"whosaid-schema"),
        "{tree}"
    );
    for heavy in [
        "clap",
        "clap_builder",
        "indicatif",
        "ctrlc",
        "directories",
        "whosaid-indexer",
        "whosaid-quotes",
        "ignore",
        "chardetng",
        "html5ever",
        "scraper",
        "csv",
    ] {
        assert!(
            !packages.contains(&heavy),
            "{heavy} is in the tree of the library"
        );
    }
}
