//! Files of corrections of any kind, and changes of those that can be read.
//!
//! `cargo fuzz run -s none corrections` from the root.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid_query::Corrections;

fuzz_target!(|input: &str| {
    let Ok(corrections) = Corrections::parse(input) else {
        return;
    };
    let mut names: Vec<String> = Vec::new();
    for entry in corrections.iter() {
        names.extend(entry.person.clone());
        names.extend(entry.names.iter().cloned());
    }
    names.truncate(4);
    names.push("Jane Roe".to_owned());
    for name in &names {
        let _ = corrections.person_of(name);
        for change in [Corrections::alias, Corrections::merge] {
            let mut changed = corrections.clone();
            if change(&mut changed, "Ada Bello", std::slice::from_ref(name)).is_ok() {
                assert_eq!(changed.person_of(name), Some(changed.person_of("Ada Bello").unwrap_or("Ada Bello")));
                assert!(Corrections::parse(changed.to_string()).is_ok(), "{changed}");
            }
        }
        let mut changed = corrections.clone();
        if changed.split(std::slice::from_ref(name)).is_ok() {
            assert!(Corrections::parse(changed.to_string()).is_ok(), "{changed}");
            assert_eq!(changed.person_of(name), None);
        }
    }
});
