//! The public face of the library, as source without bodies: a change to it shows in review as a changed snapshot, and
//! no type of the engine stands in it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Block, Fields, ImplItem, Item, ItemImpl, UseTree, Visibility};

/// A source file, as a module of the crate.
struct Module {
    items: Vec<Item>,
    /// Names that stand for something of the engine here.
    engine: BTreeSet<String>,
}

/// Reads a module and those below it; the command line is another crate in all but name.
fn read(file: &Path, below: &Path, path: &str, modules: &mut BTreeMap<String, Module>) {
    let items = syn::parse_file(&fs::read_to_string(file).unwrap())
        .unwrap()
        .items;
    let mut engine = BTreeSet::from(["tantivy".to_owned()]);
    for item in &items {
        match item {
            Item::Mod(module) if module.content.is_none() && !is_left_out(&module.attrs) => {
                let name = module.ident.to_string();
                let folder = below.join(&name);
                let files = [below.join(format!("{name}.rs")), folder.join("mod.rs")];
                let file = files.iter().find(|file| file.exists()).unwrap();
                read(file, &folder, &format!("{path}{name}::"), modules);
            }
            Item::Use(used) => brought(&used.tree, false, &mut engine),
            _ => {}
        }
    }
    modules.insert(path.to_owned(), Module { items, engine });
}

/// What is there for tests or for the command line only.
fn is_left_out(attributes: &[Attribute]) -> bool {
    let conditions = attributes.iter().filter(|one| one.path().is_ident("cfg"));
    conditions
        .map(|one| one.to_token_stream().to_string())
        .any(|one| one.contains("test") || one.contains("feature"))
}

/// Collects the names that a `use` brings in from the engine.
fn brought(tree: &UseTree, engine: bool, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => brought(&path.tree, engine || path.ident == "tantivy", names),
        UseTree::Group(group) => {
            for tree in &group.items {
                brought(tree, engine, names);
            }
        }
        UseTree::Name(name) if engine => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(rename) if engine => drop(names.insert(rename.rename.to_string())),
        _ => {}
    }
}

/// Lists what the crate's front passes on: the module it comes from, and its name there.
fn passed_on(tree: &UseTree, module: &str, names: &mut BTreeSet<(String, String)>) {
    match tree {
        UseTree::Path(path) => passed_on(&path.tree, &format!("{module}{}::", path.ident), names),
        UseTree::Group(group) => {
            for tree in &group.items {
                passed_on(tree, module, names);
            }
        }
        UseTree::Name(name) => drop(names.insert((module.to_owned(), name.ident.to_string()))),
        UseTree::Rename(rename) => {
            names.insert((module.to_owned(), rename.ident.to_string()));
        }
        UseTree::Glob(_) => panic!("the front names what it passes on"),
    }
}

/// Keeps of the attributes what users depend on.
fn kept(attributes: &mut Vec<Attribute>) {
    attributes.retain(|one| {
        ["derive", "non_exhaustive", "must_use", "deprecated"]
            .iter()
            .any(|name| one.path().is_ident(name))
    });
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The public part of an item's definition, and its name.
fn definition(item: &Item) -> Option<(String, Item)> {
    let mut item = item.clone();
    let name = match &mut item {
        Item::Struct(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            match &mut of.fields {
                Fields::Named(fields) => {
                    let public = fields.named.iter().filter(|field| is_public(&field.vis));
                    fields.named = public.cloned().collect();
                    fields
                        .named
                        .iter_mut()
                        .for_each(|field| kept(&mut field.attrs));
                }
                Fields::Unnamed(fields)
                    if !fields.unnamed.iter().all(|one| is_public(&one.vis)) =>
                {
                    fields.unnamed.clear();
                }
                _ => {}
            }
            &of.ident
        }
        Item::Enum(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            for variant in &mut of.variants {
                kept(&mut variant.attrs);
                variant
                    .fields
                    .iter_mut()
                    .for_each(|field| kept(&mut field.attrs));
            }
            &of.ident
        }
        Item::Fn(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            *of.block = empty();
            &of.sig.ident
        }
        Item::Trait(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            &of.ident
        }
        Item::Type(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            &of.ident
        }
        Item::Const(of) if is_public(&of.vis) => {
            kept(&mut of.attrs);
            &of.ident
        }
        Item::Macro(of) if of.mac.path.is_ident("field") => {
            // The enumerations of fields are written by a macro: its words are what users see.
            of.attrs.clear();
            return Some((of.mac.tokens.to_string(), item));
        }
        _ => return None,
    };
    Some((name.to_string(), item))
}

fn empty() -> Block {
    syn::parse_str("{}").unwrap()
}

/// The public part of an implementation for the type of a name: bodies are left out, and of traits all but the fact.
fn implementation(item: &Item, name: &str) -> Option<ItemImpl> {
    let Item::Impl(of) = item else { return None };
    let syn::Type::Path(path) = &*of.self_ty else {
        return None;
    };
    if is_left_out(&of.attrs) || path.path.segments.last()?.ident != name {
        return None;
    }
    let mut of = of.clone();
    of.attrs.clear();
    if of.trait_.is_some() {
        of.items.retain(|item| matches!(item, ImplItem::Type(_)));
        return Some(of);
    }
    of.items.retain(|item| match item {
        ImplItem::Fn(method) => is_public(&method.vis),
        ImplItem::Const(constant) => is_public(&constant.vis),
        _ => false,
    });
    for item in &mut of.items {
        match item {
            ImplItem::Fn(method) => {
                kept(&mut method.attrs);
                method.block = empty();
            }
            ImplItem::Const(constant) => {
                constant.attrs.clear();
                constant.expr = syn::parse_str("_").unwrap();
            }
            _ => {}
        }
    }
    (!of.items.is_empty()).then_some(of)
}

fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            _ => {}
        }
    }
}

fn modules() -> BTreeMap<String, Module> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    read(&source.join("lib.rs"), &source, "", &mut modules);
    modules
}

/// Everything public, in order of module and name, each item with the engine's names in it.
fn face() -> Vec<(String, Item, Vec<String>)> {
    let modules = modules();
    let mut public = BTreeSet::new();
    for item in &modules[""].items {
        match item {
            Item::Use(used) if is_public(&used.vis) => passed_on(&used.tree, "", &mut public),
            Item::Mod(module) if is_public(&module.vis) && !is_left_out(&module.attrs) => {
                let path = format!("{}::", module.ident);
                for item in &modules[&path].items {
                    public.extend(definition(item).map(|(name, _)| (path.clone(), name)));
                }
            }
            _ => {}
        }
    }
    let mut face = Vec::new();
    for (from, name) in &public {
        let mut shown = 0;
        for (path, module) in &modules {
            let home = path.starts_with(from.as_str());
            for item in &module.items {
                let defined = definition(item).filter(|(of, _)| of == name && home);
                let defined = defined.map(|(_, item)| item);
                let implemented = implementation(item, name).map(Item::Impl);
                for item in defined.into_iter().chain(implemented) {
                    let mut used = BTreeSet::new();
                    identifiers(item.to_token_stream(), &mut used);
                    let foreign = used.intersection(&module.engine).cloned().collect();
                    face.push((format!("{from}{name}"), item, foreign));
                    shown += 1;
                }
            }
        }
        assert!(
            shown > 0,
            "{from}{name} is passed on, and defined nowhere below"
        );
    }
    face
}

#[test]
fn the_public_face() {
    let mut text = String::new();
    let mut last = String::new();
    for (name, item, _) in face() {
        if name != last {
            text.push_str("// ");
            text.push_str(&name);
            text.push('\n');
            last = name;
        }
        let file = syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        };
        text.push_str(&prettyplease::unparse(&file));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn no_type_of_the_engine_is_public() {
    // What is looked for is found where it is private.
    let modules = modules();
    assert!(modules["archive::"].engine.contains("Searcher"));
    assert!(modules["gather::"].engine.contains("EngineQuery"));
    for (name, item, foreign) in face() {
        assert!(
            foreign.is_empty(),
            "{name} shows {foreign:?}: {}",
            item.to_token_stream()
        );
    }
}
