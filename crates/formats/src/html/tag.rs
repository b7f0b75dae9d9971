//! The elements that mean something to the reader of a page.

/// The name of an element, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Tag {
    /// An inline element without a meaning of its own.
    Inline,
    /// A block without a meaning of its own, such as a custom element.
    Block,
    A,
    Address,
    Article,
    Aside,
    Blockquote,
    Body,
    Bold,
    Br,
    Button,
    Caption,
    Cell,
    Dd,
    Details,
    Div,
    Dl,
    Dt,
    Emphasis,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    Header,
    Hr,
    Label,
    Li,
    Main,
    Nav,
    Noscript,
    Ol,
    P,
    Pre,
    Section,
    Small,
    Span,
    Table,
    Time,
    Tr,
    Ul,
    /// Holds no text of the page: scripts, styles, drawings, controls.
    Silent,
}

impl Tag {
    /// How many there are.
    pub(super) const COUNT: u32 = Self::Silent as u32 + 1;

    pub(super) fn of(name: &str) -> Self {
        match name {
            "a" => Self::A,
            "address" => Self::Address,
            "article" => Self::Article,
            "aside" => Self::Aside,
            "b" | "strong" => Self::Bold,
            "blockquote" => Self::Blockquote,
            "body" => Self::Body,
            "br" => Self::Br,
            "button" => Self::Button,
            "caption" | "legend" => Self::Caption,
            "dd" => Self::Dd,
            "details" | "summary" => Self::Details,
            "div" => Self::Div,
            "dl" => Self::Dl,
            "dt" => Self::Dt,
            "em" | "i" | "cite" | "q" => Self::Emphasis,
            "figcaption" => Self::Figcaption,
            "figure" | "picture" | "video" | "audio" => Self::Figure,
            "footer" => Self::Footer,
            "form" | "fieldset" => Self::Form,
            "h1" => Self::H1,
            "h2" => Self::H2,
            "h3" => Self::H3,
            "h4" => Self::H4,
            "h5" | "h6" => Self::H5,
            "header" | "hgroup" => Self::Header,
            "hr" => Self::Hr,
            "label" => Self::Label,
            "li" => Self::Li,
            "main" => Self::Main,
            "nav" => Self::Nav,
            "noscript" => Self::Noscript,
            "ol" => Self::Ol,
            "p" => Self::P,
            "pre" => Self::Pre,
            "section" => Self::Section,
            "small" | "sub" | "sup" => Self::Small,
            "span" | "font" => Self::Span,
            "table" => Self::Table,
            "td" | "th" => Self::Cell,
            "time" => Self::Time,
            "tr" | "tbody" | "thead" | "tfoot" => Self::Tr,
            "ul" | "menu" | "dir" => Self::Ul,
            "script" | "style" | "template" | "head" | "svg" | "math" | "iframe" | "object"
            | "select" | "textarea" | "input" | "canvas" | "datalist" | "map" | "title"
            | "link" | "meta" | "embed" | "noembed" | "noframes" | "frameset" | "progress"
            | "meter" | "img" | "source" | "track" => Self::Silent,
            "center" | "dialog" | "html" | "option" | "optgroup" | "search" => Self::Block,
            // Custom elements are inline by default, but pages use them as containers.
            custom if custom.contains('-') => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Tells whether the element stands on lines of its own.
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::A
                | Self::Bold
                | Self::Emphasis
                | Self::Small
                | Self::Span
                | Self::Time
                | Self::Silent
        )
    }

    /// Tells whether the element heads a section.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::H1 | Self::H2 | Self::H3 | Self::H4 | Self::H5)
    }
}
