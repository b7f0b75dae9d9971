//! JSON and JSON Lines.

use std::io::{self, Write};
use std::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::Value;
use whosaid_indexer::Report;
use whosaid_model::CodePoints;

use super::offsets::Offsets;
use super::place::Places;
use super::records::{
    ArticleHitBody, BucketBody, CheckBody, CheckSummary, Converted, ErrorBody, FacetBody,
    GroupBody, HitBody, Passage, PersonBody, QueryBody, SummaryBody, VERSION, VariantBody,
    VersionBody, field_of, record,
};
use super::render::{Card, Checking, Render, Summary, Upkeep};
use super::status::Failure;
use crate::answer::Answer;
use crate::{ArticleHit, FacetCounts, Hit, Query, Timeline, Variants, Warning};

/// Writes records one a line, or all in one object.
pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    lines: bool,
    places: Option<Places<'a>>,
    written: u64,
}

impl<'a> Json<'a> {
    /// Offsets count bytes, unless `places` counts them otherwise.
    pub(super) fn new(out: &'a mut dyn Write, lines: bool, places: Option<Places<'a>>) -> Self {
        Self {
            out,
            lines,
            places,
            written: 0,
        }
    }

    /// Writes an article, with a line to cite it by where one is wanted.
    fn article_with(&mut self, hit: &ArticleHit, citation: Option<&str>) -> io::Result<()> {
        #[derive(Serialize)]
        struct Shown<'a> {
            article: String,
            #[serde(flatten)]
            body: Converted<'a>,
            added: Option<chrono::NaiveDate>,
            versions: Vec<VersionBody<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            citation: Option<&'a str>,
        }
        let shown = Shown {
            article: hit.id().to_string(),
            body: Converted::new(hit.article()),
            added: hit.added(),
            versions: hit.versions().iter().map(VersionBody::new).collect(),
            citation,
        };
        self.write("article", shown)
    }

    fn offsets(&self) -> Offsets {
        let places = self.places.as_ref();
        places.map_or(Offsets::Byte, Places::offsets)
    }

    fn write(&mut self, kind: &'static str, body: impl Serialize) -> io::Result<()> {
        if !self.lines {
            if self.written == 0 {
                write!(self.out, "{{\"v\":{VERSION},\"records\":[")?;
            } else {
                self.out.write_all(b",")?;
            }
            self.out.write_all(b"\n")?;
        }
        self.written = self.written.saturating_add(1);
        serde_json::to_writer(&mut *self.out, &record(kind, body))?;
        if self.lines {
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// The code points of a quotation's article, if offsets count them.
fn points<'p>(places: &'p mut Option<Places<'_>>, hit: &Hit) -> io::Result<Option<&'p CodePoints>> {
    match places {
        Some(places) => places.points(hit),
        None => Ok(None),
    }
}

impl Render for Json<'_> {
    fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        for group in &answer.groups {
            for hit in &group.hits {
                self.hit(hit)?;
            }
        }
        for group in &answer.groups {
            self.write(
                "group",
                GroupBody {
                    key: Some(group.name.as_str()).filter(|name| !name.is_empty()),
                    count: group.count,
                    outlets: group.outlets,
                    wordings: group.wordings,
                    hits: group.hits.iter().map(Hit::short_id).collect(),
                },
            )?;
        }
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let body = HitBody::new(hit, points(&mut self.places, hit)?);
        self.write("hit", body)
    }

    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()> {
        self.write("hit", ArticleHitBody::new(hit, self.offsets()))
    }

    fn facet(&mut self, counts: &FacetCounts, query: &Query) -> io::Result<()> {
        let (field, level) = field_of(counts);
        for value in &counts.values {
            let narrowed = counts.narrow(query, &value.value);
            let body = FacetBody {
                field,
                level,
                value: Some(&value.value),
                count: value.count,
                of: None,
                selected: value.selected,
                query: narrowed.map(|query| query.to_string()),
            };
            self.write("facet", body)?;
        }
        for (of, count) in [("other", counts.other), ("missing", counts.missing)] {
            if count > 0 {
                self.write(
                    "facet",
                    FacetBody {
                        field,
                        level,
                        value: None,
                        count,
                        of: Some(of),
                        selected: false,
                        query: None,
                    },
                )?;
            }
        }
        Ok(())
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        for bucket in &timeline.buckets {
            let (start, end) = (Some(bucket.start), Some(bucket.end));
            self.write(
                "bucket",
                BucketBody {
                    start,
                    end,
                    count: bucket.count,
                },
            )?;
        }
        if timeline.undated > 0 {
            let body = BucketBody {
                start: None,
                end: None,
                count: timeline.undated,
            };
            self.write("bucket", body)?;
        }
        Ok(())
    }

    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        #[derive(Serialize)]
        struct Shown<'a> {
            #[serde(flatten)]
            hit: HitBody<'a>,
            passage: Passage<'a>,
        }
        let points = points(&mut self.places, hit)?;
        let shown = Shown {
            hit: HitBody::new(hit, points),
            passage: passage.counted(points),
        };
        self.write("hit", shown)
    }

    fn hit_in(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.passage(hit, passage)
    }

    fn citation(&mut self, hit: &Hit, line: &str) -> io::Result<()> {
        #[derive(Serialize)]
        struct Cited<'a> {
            #[serde(flatten)]
            hit: HitBody<'a>,
            citation: &'a str,
        }
        let cited = Cited {
            hit: HitBody::new(hit, points(&mut self.places, hit)?),
            citation: line,
        };
        self.write("hit", cited)
    }

    fn article(&mut self, hit: &ArticleHit) -> io::Result<()> {
        self.article_with(hit, None)
    }

    fn article_citation(&mut self, hit: &ArticleHit, line: &str) -> io::Result<()> {
        self.article_with(hit, Some(line))
    }

    fn variants(&mut self, variants: &Variants) -> io::Result<()> {
        let earliest = variants.list.first().map_or("", |first| first.hit.quote());
        for variant in &variants.list {
            let points = points(&mut self.places, &variant.hit)?;
            let body = VariantBody::new(variant, earliest, points);
            self.write("hit", body)?;
        }
        Ok(())
    }

    fn check(&mut self, checking: &Checking<'_>) -> io::Result<()> {
        let text = self.offsets().points(checking.input);
        for checked in &checking.check.quotations {
            let places = &mut self.places;
            let mut hit = |hit| Ok(HitBody::new(hit, points(places, hit)?));
            let body = CheckBody::new(checked, text.as_ref(), &mut hit)?;
            self.write("check", body)?;
        }
        for warning in &checking.check.warnings {
            self.warning(warning)?;
        }
        self.write("summary", CheckSummary::new(checking))
    }

    fn person(&mut self, card: &Card<'_>) -> io::Result<()> {
        self.write("person", PersonBody::new(card))
    }

    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()> {
        #[derive(Serialize)]
        struct Status<'a> {
            path: &'a str,
            #[serde(flatten)]
            holdings: &'a crate::Holdings,
            speakers: u64,
            bytes: u64,
            format: u32,
        }
        self.write(
            "status",
            Status {
                path: upkeep.path,
                holdings: upkeep.holdings,
                speakers: upkeep.speakers,
                bytes: upkeep.bytes,
                format: whosaid_schema::FORMAT,
            },
        )
    }

    fn report(&mut self, report: &Report, took: Duration) -> io::Result<()> {
        #[derive(Serialize)]
        struct Timed<'a> {
            #[serde(flatten)]
            report: &'a Report,
            ms: u64,
            bytes_per_second: u64,
        }
        let seconds = took.as_secs_f64();
        let rate = if seconds > 0.0 {
            report.bytes as f64 / seconds
        } else {
            0.0
        };
        let timed = Timed {
            report,
            ms: took.as_millis() as u64,
            bytes_per_second: rate as u64,
        };
        self.write("report", timed)?;
        self.out.flush()
    }

    fn facts(&mut self, kind: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        struct Facts<'a>(&'a [(&'static str, Value)]);
        impl Serialize for Facts<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
            }
        }
        self.write(kind, Facts(facts))
    }

    fn warning(&mut self, warning: &Warning) -> io::Result<()> {
        self.write("warning", warning)
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let (problems, suggestions) = match failure {
            Failure::Query(error) => (error.problems(), error.suggestions()),
            _ => (&[][..], Vec::new()),
        };
        // Each at its place.
        for problem in problems.iter().filter(|problem| !problem.is_warning()) {
            let body = ErrorBody {
                kind: problem.kind.as_str(),
                message: problem.message.clone(),
                span: Some([problem.span.start, problem.span.end]),
                suggestions: problem.suggestions.iter().map(String::as_str).collect(),
            };
            self.write("error", body)?;
        }
        if !problems.is_empty() {
            return Ok(());
        }
        let body = ErrorBody {
            kind: failure.kind(),
            message: failure.to_string(),
            span: None,
            suggestions,
        };
        self.write("error", body)
    }

    fn summary(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        self.write(
            "summary",
            SummaryBody {
                total: summary.total,
                articles: summary.articles,
                speakers: summary.speakers,
                partial: summary.partial,
                query: QueryBody {
                    input: summary.input,
                    parsed: summary.parsed,
                },
                next: summary.next,
                ms: summary.ms,
            },
        )
    }

    fn finish(&mut self) -> io::Result<()> {
        if !self.lines {
            if self.written == 0 {
                write!(self.out, "{{\"v\":{VERSION},\"records\":[")?;
            }
            self.out.write_all(b"\n]}\n")?;
        }
        self.out.flush()
    }
}
