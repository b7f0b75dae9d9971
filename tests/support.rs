//! An archive in a temporary folder, and the command as a function.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::Value;
use tempfile::TempDir;
use whosaid_query::cli::{Session, Status, run_in};
use whosaid_query::{Archive, Options};

/// What a command wrote, and how it ended.
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: Status,
}

impl Ran {
    /// Asserts the exit status and gives standard output.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.status, Status::Done, "{}{}", self.out, self.err);
        self.out
    }

    /// The records of JSON Lines.
    #[track_caller]
    pub(crate) fn records(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// Blanks out the confidences a reader sees: they move whenever attribution gets better.
pub(crate) fn without_confidence(text: &str) -> String {
    let mut parts = text.split("conf 0.");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("conf 0.__");
        out.push_str(part.get(2..).unwrap_or_default());
    }
    out
}

/// A folder for an archive and its sources.
pub(crate) struct World {
    dir: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// Makes an archive of files.
    pub(crate) fn of(paths: &[&Path]) -> Self {
        let world = Self::new();
        let mut args = vec!["index".to_owned()];
        args.extend(paths.iter().map(|path| path.to_string_lossy().into_owned()));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        world.run(&args).ok();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open(self.path("archive")).unwrap()
    }

    /// Runs the command on this archive, on a fixed day, with paths shown from this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// As [`World::run`], on a terminal so wide.
    pub(crate) fn run_at(&self, args: &[&str], columns: usize) -> Ran {
        self.run_on(args, "", Some(columns))
    }

    /// As [`World::run`], with standard input.
    pub(crate) fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        self.run_on(args, stdin, None)
    }

    fn run_on(&self, args: &[&str], stdin: &str, columns: Option<usize>) -> Ran {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let archive = self.path("archive");
        let mut session = Session::new(&mut out, &mut err);
        session.stdin = Some(Box::new(std::io::Cursor::new(stdin.to_owned())));
        self.dir.path().clone_into(&mut session.here);
        session.columns = columns.unwrap_or(120);
        session.wrap = columns.is_some();
        let global = [
            "--archive",
            archive.to_str().unwrap(),
            "--today",
            "2025-11-02",
        ];
        let status = run_in(["whosaid"].iter().chain(&global).chain(args), session);
        let text = |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            let here = self.dir.path().canonicalize().unwrap();
            let text = text.replace(&*here.to_string_lossy(), "DIR");
            without_confidence(&text.replace(&*self.dir.path().to_string_lossy(), "DIR"))
        };
        Ran {
            out: text(out),
            err: text(err),
            status,
        }
    }
}

pub(crate) fn options() -> Options {
    Options::new().today(NaiveDate::from_ymd_opt(2025, 11, 2).unwrap())
}

/// Two short stories by hand, for tests that need little.
pub(crate) fn two_stories() -> World {
    let world = World::new();
    world.write(
        "news/first.txt",
        "date 2025-10-25 Talks on the border\n\
         Minister Jane Roe spoke to reporters on Friday.\n\
         “I don’t want to miss even a one percent chance,” said Roe. “They need to decide.”\n",
    );
    world.write(
        "news/second.jsonl",
        concat!(
            r#"{"id":"s-1","title":"Budget holds","date":"2025-10-26","source":"Daily Example","#,
            r#""author":"Ann Lee","text":"“We are open to it,” said Ade Bello, the mayor of Port Vale.\nBello added: “One per cent is not much.”"}"#,
            "\n"
        ),
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    world
}
