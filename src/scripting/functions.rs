//! Functions: the Lua state in which libraries live from FUNCTION LOAD until they are deleted, and how one is called.
//! See <https://redis.io/docs/latest/develop/programmability/functions-intro/>.

use super::host::{ScriptHost, Title};
use super::library::{Function, Header, Library, Shelf, already_exists, check_name};
use super::run::{Call, conclude, error_line, list_of};
use super::shebang::ScriptFlags;
use super::trace::traced;
use super::{api, cjson, sandbox};
use crate::dispatch::Context;
use crate::lua::{Args, FunctionId, Host, Kill, Limits, Lua, LuaError, TableId, Value};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Bytes;

/// A library may take so long to load, in microseconds.
const LOAD_TIME: u64 = 500_000;
/// What is said of one that takes longer.
const LATE: &str = "FUNCTION LOAD timeout";

/// How FUNCTION RESTORE treats the libraries that are there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// They go.
    Flush,
    /// They stay, and none may be of the same name.
    Append,
    /// Those of the same name go.
    Replace,
}

/// All libraries of an engine.
pub struct Functions {
    lua: Lua,
    json: cjson::Settings,
    /// What a library sees while it is loaded.
    loading: TableId,
    shelf: Shelf,
    next_callback: i64,
}

impl Functions {
    pub fn new(limits: Limits) -> Functions {
        let (lua, loading) =
            sandbox::for_functions(limits).expect("the sandbox is far smaller than the least memory limit");
        Functions { lua, json: cjson::Settings::default(), loading, shelf: Shelf::default(), next_callback: 1 }
    }

    pub fn set_limits(&mut self, limits: Limits) {
        self.lua.set_limits(limits);
    }

    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Counts the bytes of the Lua state.
    pub fn memory(&self) -> usize {
        self.lua.memory()
    }

    /// Loads a library and answers its name. If it fails, the library that it was to replace is as it was.
    pub fn load(&mut self, cx: &mut Context, source: &[u8], replace: bool) -> Result<Bytes> {
        let name = Header::read(source)?.name;
        if !replace {
            self.shelf.refuse_taken(&name, "'")?;
        }
        let mut fresh = Shelf::default();
        let joined = self.create(cx, source, &mut fresh).and_then(|()| self.shelf.join(&fresh));
        self.settle(joined, fresh)?;
        Ok(name)
    }

    /// Loads all libraries of a payload, or none of them.
    pub fn restore(&mut self, cx: &mut Context, sources: &[Vec<u8>], policy: Policy) -> Result<()> {
        let mut fresh = Shelf::default();
        let created = sources.iter().try_for_each(|source| {
            fresh.refuse_taken(&Header::read(source)?.name, "'")?;
            self.create(cx, source, &mut fresh)
        });
        let joined = created.and_then(|()| match policy {
            Policy::Flush => {
                let old = std::mem::take(&mut self.shelf);
                self.shelf.join(&fresh)?;
                Ok(old.functions.values().cloned().collect())
            }
            Policy::Replace => self.shelf.join(&fresh),
            Policy::Append => {
                fresh.libraries.keys().try_for_each(|name| self.shelf.refuse_taken(name, ""))?;
                self.shelf.join(&fresh)
            }
        });
        self.settle(joined, fresh)
    }

    /// Deletes a library; false if there is none of that name.
    pub fn delete(&mut self, library: &[u8]) -> bool {
        let Some(gone) = self.shelf.remove(library) else { return false };
        self.release(&gone);
        true
    }

    /// Lets go of what a change of the shelf has left without use: the functions that went, or the new ones if it
    /// failed.
    fn settle(&mut self, joined: Result<Vec<Function>>, fresh: Shelf) -> Result<()> {
        match joined {
            Ok(gone) => {
                self.release(&gone);
                Ok(())
            }
            Err(error) => {
                let unused: Vec<Function> = fresh.functions.values().cloned().collect();
                self.release(&unused);
                Err(error)
            }
        }
    }

    fn release(&mut self, functions: &[Function]) {
        let registry = self.lua.registry();
        for function in functions {
            // To write nil over an entry takes no memory.
            let _ = self.lua.raw_set_int(registry, function.callback, Value::NIL);
        }
        self.lua.end_run();
        self.lua.collect();
    }

    /// Compiles a library, has it register its functions, and adds it to `shelf`.
    fn create(&mut self, cx: &mut Context, source: &[u8], shelf: &mut Shelf) -> Result<()> {
        self.create_from(cx, source, shelf, Lua::load)
    }

    fn create_from(&mut self, cx: &mut Context, source: &[u8], shelf: &mut Shelf, load: Load) -> Result<()> {
        let header = Header::read(source)?;
        let lua = &mut self.lua;
        lua.refuel();
        let chunk = load(lua, header.code, b"@user_function")
            .map_err(|sentence| Error::raw([b"ERR Error compiling function: ", sentence.as_slice()].concat()))?;
        let deadline = cx.server.host.monotonic_us().saturating_add(LOAD_TIME);
        let mut host = Loader {
            cx,
            library: header.name.clone(),
            functions: Vec::new(),
            next_callback: &mut self.next_callback,
            deadline,
        };
        let ran = lua
            .instantiate_in(chunk, self.loading)
            .and_then(|main| lua.call_protected(&mut host, main, &[]))
            .map_err(|error| error_line(lua, error, LATE, &mut host))
            .map_err(|line| [b"ERR Error registering functions: ", line.as_slice()].concat());
        let functions = host.functions;
        lua.replace_globals(self.loading, lua.globals());
        lua.unload(chunk);
        lua.end_run();
        if let Err(line) = ran {
            self.release(&functions);
            return Err(Error::raw(line));
        }
        if functions.is_empty() {
            return Err(Error::own("No functions registered"));
        }
        if let Some(taken) = functions.iter().find(|function| shelf.find(&function.name).is_some()) {
            let error = already_exists(&taken.name);
            self.release(&functions);
            return Err(error);
        }
        let names = functions.iter().map(|function| Bytes::from(function.name.to_ascii_lowercase())).collect();
        shelf.libraries.insert(&header.name, Library { code: source.into(), functions: names });
        for function in functions {
            shelf.functions.insert(&function.name.to_ascii_lowercase(), function);
        }
        Ok(())
    }

    /// Runs a function; its context is a script's already.
    pub fn call(&mut self, cx: &mut Context, function: &Function, call: &Call) -> Result<Reply> {
        if cx.server.trace.is_some() {
            return self.trace(cx, function, call);
        }
        self.run(cx, function, call)
    }

    /// Runs a function of a copy of its library whose code tells of its lines.
    #[cold]
    fn trace(&mut self, cx: &mut Context, function: &Function, call: &Call) -> Result<Reply> {
        let Some(library) = self.shelf.libraries.get(&function.library) else { return self.run(cx, function, call) };
        let (source, mut copy) = (library.code.clone(), Shelf::default());
        let created = self.create_from(cx, &source, &mut copy, Lua::load_traced);
        let outcome = created.and_then(|()| match copy.find(&function.name) {
            Some(traced) => self.run(cx, traced, call),
            None => self.run(cx, function, call),
        });
        let copied: Vec<Function> = copy.functions.values().cloned().collect();
        self.release(&copied);
        outcome
    }

    fn run(&mut self, cx: &mut Context, function: &Function, call: &Call) -> Result<Reply> {
        let lua = &mut self.lua;
        lua.refuel();
        let callback = lua.raw_get_int(lua.registry(), function.callback);
        let lists = list_of(lua, call.keys).and_then(|keys| Ok([keys, list_of(lua, call.args)?]));
        let title = Title { name: &function.name, is_function: true, call: call.argv, counts: self.shelf.counts() };
        let mut host = ScriptHost::new(cx, &mut self.json, title);
        let outcome =
            lists.and_then(|lists| traced(lua, &mut host, |lua, host| lua.call_protected(host, callback, &lists)));
        let reply = conclude(lua, outcome, &mut host);
        lua.end_run();
        reply
    }
}

/// How code is loaded.
type Load = fn(&mut Lua, &[u8], &[u8]) -> std::result::Result<FunctionId, Vec<u8>>;

/// The engine as a library sees it while it is loaded.
struct Loader<'a, 'b> {
    cx: &'a mut Context<'b>,
    library: Bytes,
    functions: Vec<Function>,
    next_callback: &'a mut i64,
    /// When it must be ready, on the host's monotonic clock in microseconds.
    deadline: u64,
}

impl Host for Loader<'_, '_> {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> crate::lua::Result<usize> {
        if id != api::REGISTER_ID {
            return api::call(self.cx, lua, id, args);
        }
        self.register(lua, args).map(|()| 0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        (self.cx.server.host.monotonic_us() > self.deadline).then_some(Kill::Stopped)
    }
}

impl Loader<'_, '_> {
    fn register(&mut self, lua: &mut Lua, args: Args) -> crate::lua::Result<()> {
        let (function, callback) = match read_registration(lua, args)? {
            Ok(read) => read,
            Err(sentence) => return Err(api::fail(lua, sentence)),
        };
        if let Err(sentence) = check_name(&function.name) {
            return Err(api::fail(lua, sentence));
        }
        if self.functions.iter().any(|other| other.name == function.name) {
            return Err(api::fail(lua, "Function already exists in the library"));
        }
        let id = *self.next_callback;
        *self.next_callback += 1;
        lua.raw_set_int(lua.registry(), id, callback)?;
        self.functions.push(Function { library: self.library.clone(), callback: id, ..function });
        Ok(())
    }
}

type Registration = std::result::Result<(Function, Value), &'static str>;

/// Reads what `redis.register_function` was given, in either form, or says what is wrong with it.
fn read_registration(lua: &mut Lua, args: Args) -> crate::lua::Result<Registration> {
    match args.count() {
        1 => match lua.arg(args, 1).as_table() {
            Some(table) => read_named(lua, table),
            None => Ok(Err("calling redis.register_function with a single argument is only applicable to Lua table \
                           (representing named arguments).")),
        },
        2 => {
            let Some(name) = text_of(lua, lua.arg(args, 1))? else {
                return Ok(Err("first argument to redis.register_function must be a string"));
            };
            let callback = lua.arg(args, 2);
            if !callback.is_function() {
                return Ok(Err("second argument to redis.register_function must be a function"));
            }
            Ok(Ok((bare(name), callback)))
        }
        _ => Ok(Err("wrong number of arguments to redis.register_function")),
    }
}

fn read_named(lua: &mut Lua, table: TableId) -> crate::lua::Result<Registration> {
    let (mut name, mut callback, mut description, mut flags) = (None, None, None, ScriptFlags::default());
    let entries: Vec<(Value, Value)> = lua.entries(table).collect();
    for (key, value) in entries {
        let Some(key) = text_of(lua, key)? else {
            return Ok(Err("named argument key given to redis.register_function is not a string"));
        };
        match key.to_ascii_lowercase().as_slice() {
            b"function_name" => match text_of(lua, value)? {
                Some(text) => name = Some(text),
                None => return Ok(Err("function_name argument given to redis.register_function must be a string")),
            },
            b"description" => match text_of(lua, value)? {
                Some(text) => description = Some(Bytes::from(text)),
                None => return Ok(Err("description argument given to redis.register_function must be a string")),
            },
            b"callback" if value.is_function() => callback = Some(value),
            b"callback" => return Ok(Err("callback argument given to redis.register_function must be a function")),
            b"flags" => match value.as_table() {
                Some(list) => match read_flags(lua, list)? {
                    Some(read) => flags = read,
                    None => return Ok(Err("unknown flag given")),
                },
                None => {
                    return Ok(Err(
                        "flags argument to redis.register_function must be a table representing function flags",
                    ));
                }
            },
            _ => return Ok(Err("unknown argument given to redis.register_function")),
        }
    }
    let Some(name) = name else { return Ok(Err("redis.register_function must get a function name argument")) };
    let Some(callback) = callback else { return Ok(Err("redis.register_function must get a callback argument")) };
    Ok(Ok((Function { description, flags, ..bare(name) }, callback)))
}

/// Makes a function that is known by its name alone.
fn bare(name: Vec<u8>) -> Function {
    let flags = ScriptFlags::default();
    Function { name: name.into(), library: Bytes::default(), description: None, flags, callback: 0 }
}

/// Reads a list of flags; `None` if one of them does not exist.
fn read_flags(lua: &mut Lua, list: TableId) -> crate::lua::Result<Option<ScriptFlags>> {
    let mut flags = ScriptFlags { declared: true, ..ScriptFlags::default() };
    for at in 1.. {
        let flag = lua.raw_get_int(list, at);
        if flag.is_nil() {
            break;
        }
        let Some(flag) = text_of(lua, flag)? else { return Ok(None) };
        if !flags.set(&flag) {
            return Ok(None);
        }
    }
    Ok(Some(flags))
}

/// Reads a string, or a number as one.
fn text_of(lua: &mut Lua, value: Value) -> std::result::Result<Option<Vec<u8>>, LuaError> {
    Ok(lua.to_string(value)?.map(|text| lua.str(text).to_vec()))
}
