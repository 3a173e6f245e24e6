(module (func (param i32) (result i32) (i32.atomic.load (local.get 0))) (memory 1))
