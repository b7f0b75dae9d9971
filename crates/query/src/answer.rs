//! The answer to a question: quotations grouped by who said them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use whosaid_model::{QuotationId, Speaker};
use whosaid_schema::Wording;

use crate::archive::Archive;
use crate::ast::{Node, Text, TextField};
use crate::error::Error;
use crate::facets::Facet;
use crate::hit::Hit;
use crate::options::{Options, Query};
use crate::question::{Intent, Question};
use crate::search::{SearchBuilder, Sort};
use crate::timeline::Timeline;
use crate::utterance::outlet;
use crate::warning::{Warning, WarningKind};

/// Quotations shown unless the caller says otherwise.
const SHOWN: usize = 100;

/// Of the speakers with the most quotations so many are shown with some of theirs, though others' fill the list.
const FOREMOST: usize = 10;

/// So many.
const OF_EACH: usize = 3;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// What the question wanted to know.
    pub intent: Intent,
    /// The query it was read as.
    pub query: String,
    /// The exact number of quotations that match.
    pub total: u64,
    /// The exact number of articles that have them.
    pub articles: u64,
    /// The exact number of people and bodies with a name that said them.
    pub speakers: u64,
    /// The speakers: most quotations first, equal ones by name, nobody named last.
    pub groups: Vec<Group>,
    /// How many match in each period, if the question wanted to know [that](Question::per).
    pub timeline: Option<Timeline>,
    /// What the asker should know.
    pub warnings: Vec<Warning>,
    /// Each name asked for, with the speakers whose name it fits and the number of their quotations.
    pub names: Vec<(String, Vec<(String, u64)>)>,
    /// The search was stopped before it had seen everything.
    pub partial: bool,
}

/// What one speaker said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// The canonical name, or the words of the article for a source without a name; empty for nobody.
    pub name: String,
    /// The speaker, as the first quotation gives them.
    pub speaker: Option<Speaker>,
    /// The number of quotations.
    pub count: u64,
    /// The number of outlets among the quotations that are no copies; an article without an outlet counts for
    /// itself. `None` where not all of the quotations were read.
    pub outlets: Option<u64>,
    /// The number of different wordings; `None` where not all of the quotations were read.
    pub wordings: Option<u64>,
    /// The quotations, earliest first, undated last; latest first if [that was asked for](Intent::Latest).
    pub hits: Vec<Hit>,
}

impl Group {
    /// Returns the quotations without those that another one of the group has in it, matches and all: when someone
    /// tells what they said before, the words stand in both. Of those in the same words of one utterance the first is
    /// returned.
    pub fn distinct(&self) -> impl Iterator<Item = &Hit> {
        distinct(&self.hits).into_iter()
    }

    /// Counts the quotations that stand in the same words of the same utterance before.
    pub fn folded(&self) -> usize {
        let nested = self.hits.iter().filter(|hit| self.is_nested(hit));
        let apart = nested.count().saturating_add(self.distinct().count());
        self.hits.len().saturating_sub(apart)
    }

    /// Tells whether another quotation of the group has this one in it, matches and all.
    pub fn is_nested(&self, hit: &Hit) -> bool {
        is_nested(hit, &self.hits)
    }
}

fn is_nested(hit: &Hit, hits: &[Hit]) -> bool {
    hit.inside.is_some() && hits.iter().any(|outer| hit.is_shown_by(outer))
}

fn distinct(hits: &[Hit]) -> Vec<&Hit> {
    let mut printed = BTreeSet::new();
    let mut is_new = |hit: &Hit| match hit.utterance() {
        Some(utterance) => printed.insert((utterance.earliest, Wording::of(hit.quote()).whole)),
        None => true,
    };
    let outer = hits.iter().filter(|hit| !is_nested(hit, hits));
    outer.filter(|hit| is_new(hit)).collect()
}

pub(crate) fn answer(
    archive: &Archive,
    question: &Question,
    options: &Options,
    adjust: impl for<'s> Fn(SearchBuilder<'s>) -> SearchBuilder<'s>,
) -> Result<Answer, Error> {
    let query = Query::new(question.node.clone(), options);
    let sort = match question.intent {
        Intent::Latest => Sort::DateDescending,
        _ => Sort::Date,
    };
    let search = archive
        .search(&query)
        .sort(sort)
        .limit(SHOWN)
        .count_articles(true)
        .facet(Facet::speaker());
    let search = match question.per {
        Some(period) => search.timeline(period),
        None => search,
    };
    let found = adjust(search).run()?;
    let mut partial = found.is_partial();
    let mut groups: BTreeMap<String, Vec<Hit>> = BTreeMap::new();
    for hit in found.hits() {
        groups
            .entry(hit.speaker_name().to_owned())
            .or_default()
            .push(hit.clone());
    }
    let facet = found.facets().first();
    let mut answered = Vec::new();
    let missing = facet.map_or(0, |facet| facet.missing);
    let named = facet
        .iter()
        .flat_map(|facet| &facet.values)
        .map(|value| (value.value.clone(), value.count));
    let nobody = (missing > 0).then(|| (String::new(), missing));
    let is_full = found.hits().len() >= SHOWN;
    for (place, (name, count)) in named.chain(nobody).enumerate() {
        let mut hits = groups.remove(&name).unwrap_or_default();
        if hits.is_empty() && is_full && place < FOREMOST && !name.is_empty() {
            let said_by = Node::Text {
                field: Some(TextField::Speaker),
                exact: true,
                text: Text::phrase(name.as_str()),
            };
            let node = Node::all_of([question.node.clone(), said_by]);
            let query = Query::new(node, options);
            let search = adjust(archive.search(&query).sort(sort)).limit(OF_EACH);
            let found = search.run()?;
            partial |= found.is_partial();
            hits.extend_from_slice(found.hits());
        }
        answered.push(group(name, count, hits));
    }
    // Sources without a name follow those that have one; nobody at all comes last.
    answered.sort_by_key(|group| {
        let named = group.speaker.as_ref().is_none_or(|speaker| {
            matches!(
                speaker.kind,
                whosaid_model::SpeakerKind::Person | whosaid_model::SpeakerKind::Organization
            )
        });
        (group.name.is_empty(), !named)
    });
    let day = |group: &Group| {
        let first = group.hits.first();
        let published = first.and_then(|hit| hit.article().published.as_ref());
        published.map(|published| published.date)
    };
    match question.intent {
        Intent::WhoFirst => answered.sort_by_key(|group| (day(group).is_none(), day(group))),
        Intent::Latest => answered.sort_by_key(|group| Reverse(day(group))),
        _ => {}
    }
    let mut warnings = found.warnings().to_vec();
    let shown = answered.iter().flat_map(|group| &group.hits);
    let denied = shown.filter(|hit| hit.is_denied()).count();
    if denied > 0 {
        let (are, they_are) = match denied {
            1 => ("is", "it is"),
            _ => ("are", "they are"),
        };
        let message = format!(
            "{denied} of the quotations shown {are} denied or supposed where {they_are} quoted"
        );
        warnings.push(Warning::new(WarningKind::Denied, message));
    }
    let persons = archive.persons()?;
    let speakers = answered
        .iter()
        .filter(|group| persons.alias(&group.name).is_some());
    Ok(Answer {
        speakers: speakers.count() as u64,
        intent: question.intent,
        query: query.to_string(),
        total: found.total(),
        articles: found.articles().unwrap_or(0),
        groups: answered,
        timeline: found.timeline().cloned(),
        warnings,
        names: found.names().to_vec(),
        partial,
    })
}

fn group(name: String, count: u64, hits: Vec<Hit>) -> Group {
    let ids: BTreeSet<QuotationId> = hits.iter().map(Hit::id).collect();
    let is_original = |hit: &&Hit| {
        hit.copy_of()
            .is_none_or(|original| !ids.contains(&original))
    };
    let outlets: BTreeSet<String> = hits
        .iter()
        .filter(is_original)
        .map(|hit| outlet(hit.article_id(), hit.article()))
        .collect();
    let wordings: BTreeSet<u64> = distinct(&hits)
        .into_iter()
        .map(|hit| Wording::of(hit.quote()).whole)
        .collect();
    let is_whole = hits.len() as u64 >= count;
    let with_title = hits
        .iter()
        .filter_map(Hit::speaker)
        .find(|speaker| speaker.title.is_some());
    Group {
        name,
        speaker: with_title
            .or_else(|| hits.iter().find_map(Hit::speaker))
            .cloned(),
        count,
        outlets: is_whole.then_some(outlets.len() as u64),
        wordings: is_whole.then_some(wordings.len() as u64),
        hits,
    }
}
