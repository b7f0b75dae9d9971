//! What a search found, decoded.

use chrono::NaiveDate;
use serde::Serialize;
use whosaid_model::{
    Article, ArticleId, Attribution, Quotation, QuotationId, QuotationKind, Span, Speaker, Version,
};
use whosaid_schema::{StoredArticle, StoredFile, StoredQuotation};

use crate::persons::{Persons, Why};
use crate::utterance::Utterance;

/// One quotation that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    pub(crate) id: QuotationId,
    pub(crate) short_id: String,
    pub(crate) article_id: ArticleId,
    pub(crate) rank: usize,
    pub(crate) score: f32,
    pub(crate) text: String,
    pub(crate) words: u64,
    pub(crate) quotation: Quotation,
    pub(crate) name_in_article: Option<(String, Why)>,
    pub(crate) as_written: Option<String>,
    pub(crate) cue: Option<String>,
    pub(crate) inside: Option<QuotationId>,
    pub(crate) short_inside: Option<String>,
    pub(crate) article: Article,
    pub(crate) file: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) matches: Vec<Span>,
    pub(crate) copy_of: Option<(QuotationId, String)>,
    pub(crate) copies: u64,
    pub(crate) utterance: Option<Utterance>,
}

impl Hit {
    pub(crate) fn new(stored: StoredQuotation, rank: usize, score: f32) -> Self {
        Self {
            short_id: stored.id.to_string(),
            id: stored.id,
            article_id: stored.article_id,
            rank,
            score,
            text: stored.text,
            words: stored.words,
            quotation: stored.quotation,
            name_in_article: None,
            as_written: stored.as_written,
            cue: stored.cue,
            inside: stored.inside,
            short_inside: stored.inside.map(|outer| outer.to_string()),
            article: stored.article,
            file: None,
            sha256: None,
            matches: Vec::new(),
            copy_of: None,
            copies: 0,
            utterance: None,
        }
    }

    pub(crate) fn set_file(&mut self, file: Option<&StoredFile>) {
        self.file = file.map(|file| file.path.clone());
        self.sha256 = file.map(|file| file.sha256.clone());
    }

    /// Names the speaker as the archive knows them, and trusts a family name alone no more than it deserves.
    pub(crate) fn set_person(&mut self, persons: &Persons) {
        let Some(attribution) = &mut self.quotation.attribution else {
            return;
        };
        let name = &mut attribution.speaker.name;
        let Some((shown, alias)) = persons.alias(name) else {
            return;
        };
        self.quotation.confidence *= alias.share;
        if shown != *name {
            let name = std::mem::replace(name, shown.to_owned());
            self.name_in_article = Some((name, alias.why));
        }
    }

    /// Returns the identifier.
    pub fn id(&self) -> QuotationId {
        self.id
    }

    /// Returns the beginning of the identifier, as long as it must be to be the only one in the archive.
    pub fn short_id(&self) -> &str {
        &self.short_id
    }

    /// Returns the identifier of the article.
    pub fn article_id(&self) -> ArticleId {
        self.article_id
    }

    /// Returns the place in the list, from 1.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Returns the score of relevance; comparable within one search only.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Returns the quoted words, without their marks.
    pub fn quote(&self) -> &str {
        &self.text
    }

    /// Returns the number of words quoted.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// Returns where the words stand in the article, in bytes of its text.
    pub fn span(&self) -> Span {
        self.quotation.span
    }

    /// Returns how the words are reported.
    pub fn kind(&self) -> QuotationKind {
        self.quotation.kind
    }

    /// Returns the probability that this is speech and the speaker right, from 0 to 1. Where the article has nothing
    /// but a family name, the doubt whose it is counts too; `confidence:` in a query asks for the probability
    /// without it.
    pub fn confidence(&self) -> f32 {
        self.quotation.confidence
    }

    /// Tells whether the words are denied or supposed.
    pub fn is_denied(&self) -> bool {
        self.quotation.denied
    }

    /// Returns the link to the speaker, with its evidence.
    pub fn attribution(&self) -> Option<&Attribution> {
        self.quotation.attribution.as_ref()
    }

    /// Returns the speaker, unless nobody is named.
    pub fn speaker(&self) -> Option<&Speaker> {
        self.attribution()
            .map(|attribution| &attribution.speaker)
            .filter(|speaker| !speaker.name.is_empty())
    }

    /// Returns the name by which the speaker is known across the archive; empty when nobody is named.
    pub fn speaker_name(&self) -> &str {
        self.speaker().map_or("", |speaker| &speaker.name)
    }

    /// Returns the fullest name that the article gives the speaker, where it is not the one by which they are known
    /// across the archive: `Jane Q. Roe`.
    pub fn name_in_article(&self) -> Option<&str> {
        self.name_in_article.as_ref().map(|(name, _)| name.as_str())
    }

    /// Returns why the [name in the article](Self::name_in_article) is taken for the speaker's.
    pub fn why_joined(&self) -> Option<Why> {
        self.name_in_article.as_ref().map(|(_, why)| *why)
    }

    /// Returns the words of the article that name the speaker here: `Chung`, `she`.
    pub fn as_written(&self) -> Option<&str> {
        self.as_written.as_deref()
    }

    /// Returns the words that announce the quotation: `said`.
    pub fn cue(&self) -> Option<&str> {
        self.cue.as_deref()
    }

    /// Returns the identifier of the quotation whose words enclose these: what a speaker reports of another's, or
    /// of their own earlier, words.
    pub fn inside(&self) -> Option<QuotationId> {
        self.inside
    }

    /// Returns the beginning of the identifier of the quotation around this one, as long as it must be to be the
    /// only one in the archive.
    pub fn short_inside(&self) -> Option<&str> {
        self.short_inside.as_deref()
    }

    /// Tells whether `outer` shows all that this hit does: it has these words in it, the same speaker said them,
    /// and whatever matches here matches there.
    pub(crate) fn is_shown_by(&self, outer: &Self) -> bool {
        let matches = |hit: &Self| -> Vec<Span> {
            let start = hit.span().start;
            let place = |at: usize| start.saturating_add(at);
            let place = |span: &Span| Span::new(place(span.start), place(span.end));
            hit.matches.iter().map(place).collect()
        };
        self.inside == Some(outer.id) && self.speaker_name() == outer.speaker_name() && {
            let outer = matches(outer);
            matches(self).iter().all(|span| outer.contains(span))
        }
    }

    /// Returns the article, with an empty body.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// Returns the canonical path of the file that the article was read from.
    pub fn file_path(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Returns the SHA-256 of the file that the article was read from, in hexadecimal digits.
    pub fn file_sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// Returns what matched, in bytes of [`Hit::quote`].
    pub fn matches(&self) -> &[Span] {
        &self.matches
    }

    /// Returns the quotation that has the same words in the article that this one's is a copy of, if
    /// [asked for](crate::SearchBuilder::copies). It need not be among the hits.
    pub fn copy_of(&self) -> Option<QuotationId> {
        self.copy_of.as_ref().map(|(id, _)| *id)
    }

    /// Returns the beginning of the identifier of the quotation that this one is a copy of, as long as it must be to
    /// be the only one in the archive.
    pub fn short_copy_of(&self) -> Option<&str> {
        self.copy_of.as_ref().map(|(_, short)| short.as_str())
    }

    /// Returns how many quotations of the archive are copies of this one, if
    /// [asked for](crate::SearchBuilder::copies).
    pub fn copies(&self) -> u64 {
        self.copies
    }

    /// Returns of which utterance this is a wording, if [asked for](crate::SearchBuilder::copies).
    pub fn utterance(&self) -> Option<&Utterance> {
        self.utterance.as_ref()
    }
}

/// One article that matches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleHit {
    pub(crate) id: ArticleId,
    pub(crate) rank: usize,
    pub(crate) score: f32,
    pub(crate) words: u64,
    pub(crate) quotations: u64,
    pub(crate) article: Article,
    pub(crate) added: Option<NaiveDate>,
    pub(crate) versions: Vec<Version>,
    pub(crate) file: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) matches: Vec<Span>,
    pub(crate) copy_of: Option<ArticleId>,
    pub(crate) copies: u64,
}

impl ArticleHit {
    pub(crate) fn new(stored: StoredArticle, rank: usize, score: f32) -> Self {
        Self {
            id: stored.notes.id,
            rank,
            score,
            words: stored.words,
            quotations: stored.notes.quotations,
            article: stored.article,
            added: stored.notes.added,
            versions: stored.notes.versions,
            file: None,
            sha256: None,
            matches: Vec::new(),
            copy_of: None,
            copies: 0,
        }
    }

    /// Returns the identifier.
    pub fn id(&self) -> ArticleId {
        self.id
    }

    /// Returns the place in the list, from 1.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Returns the score of relevance; comparable within one search only.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Returns the number of words of the body.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// Returns the number of quotations found in the article.
    pub fn quotations(&self) -> u64 {
        self.quotations
    }

    /// Returns the article.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// Returns the day on which the article came into the archive, if that was told.
    pub fn added(&self) -> Option<NaiveDate> {
        self.added
    }

    /// Returns the versions of the article whose place this one took, earliest first.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Returns the canonical path of the file that the article was read from; not in a search.
    pub fn file_path(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// Returns the SHA-256 of that file, in hexadecimal digits; not in a search.
    pub fn file_sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// Returns what matched, in bytes of the article's text.
    pub fn matches(&self) -> &[Span] {
        &self.matches
    }

    /// Returns the other hit that this one is a copy of, if [asked for](crate::SearchBuilder::copies).
    pub fn copy_of(&self) -> Option<ArticleId> {
        self.copy_of
    }

    /// Returns how many of the other hits are copies of this one, if [asked for](crate::SearchBuilder::copies).
    pub fn copies(&self) -> u64 {
        self.copies
    }
}
