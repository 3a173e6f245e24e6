(module (func $f (param i32) (return_call $f (local.get 0))))
