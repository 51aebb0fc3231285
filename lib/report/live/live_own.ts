// The script of a live page whose model hears by an input of somebody's own.
import "./own_module.ts";
import "./live.tsx";
