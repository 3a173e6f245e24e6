;; Start definitions between core instances, in the component and in those within it. "note" hears in which order they run. The
;; tools that read this allow one for each component.
(component
  (import "note" (func $note (param "number" u32)))
  (import "begin" (func $begin))
  (component $Call
    (import "go" (func $go))
    (start $go))
  (instance (instantiate $Call (with "go" (func $begin))))
  (core func $lowered (canon lower (func $note)))
  (core instance $host (export "note" (func $lowered)))
  (core module $Guest
    (import "host" "note" (func $note (param i32)))
    (global $next (mut i32) (i32.const 1))
    (func (export "go")
      (call $note (global.get $next))
      (global.set $next (i32.add (global.get $next) (i32.const 1)))))
  (core instance $guest (instantiate $Guest (with "host" (instance $host))))
  (func $go (canon lift (core func $guest "go")))
  (start $go)
  (core module $Later
    (import "host" "note" (func $note (param i32)))
    (func $started (call $note (i32.const 20)))
    (start $started))
  (core instance (instantiate $Later (with "host" (instance $host))))
  (component $Around
    (import "go" (func $go))
    (core module $Empty)
    (core instance (instantiate $Empty))
    (component $Call
      (import "go" (func $go))
      (start $go))
    (instance (instantiate $Call (with "go" (func $go))))
    (start $go))
  (instance (instantiate $Around (with "go" (func $go))))
  (instance (instantiate $Call (with "go" (func $begin))))
  (export "go" (func $go)))
