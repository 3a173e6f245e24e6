package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Generates the code that finds the case of a Java value, for variants, options and results (CanonicalABI.md, {@code
 * match_case}). Where discriminant and payload go, {@link LowerCode} says.
 */
final class CaseCode extends ValueCode {

    CaseCode(PlanClass plan, Options options) {
        super(plan, options, Map.of());
    }

    interface Discriminant {
        void set(int index);
    }

    interface Payload {
        void set(Mapping mapping, int value);
    }

    /** Finds the case of a Java value, sets the discriminant, then the payload. */
    void lower(CodeBuilder code, Mapping mapping, int value, Discriminant discriminant, Payload payload) {
        switch (mapping) {
            case Mapping.Cases cases -> variantCases(code, cases, value, discriminant, payload);
            case Mapping.Tagged tagged -> taggedCases(code, tagged, value, discriminant, payload);
            case Mapping.Maybe maybe -> {
                Class<?> carrier = maybe.carrier();
                Label none = code.newLabel();
                Label done = code.newLabel();
                code.aload(value).checkcast(PlanClass.desc(carrier));
                int option = ValueCode.store(code, carrier);
                code.aload(option);
                code.invokevirtual(
                        PlanClass.desc(carrier), "isPresent", PlanClass.desc(MethodType.methodType(boolean.class)));
                code.ifeq(none);
                discriminant.set(1);
                code.aload(option);
                code.invokevirtual(PlanClass.desc(carrier), getter(carrier), PlanClass.desc(getterType(maybe)));
                if (carrier == Optional.class) {
                    unbox(code, maybe.some().carrier());
                }
                payload.set(maybe.some(), ValueCode.store(code, maybe.some().carrier()));
                code.goto_(done).labelBinding(none);
                discriminant.set(0);
                code.labelBinding(done);
            }
            case Mapping.Outcome outcome -> {
                Label error = code.newLabel();
                Label done = code.newLabel();
                code.aload(value);
                values(code, "isOk", boolean.class, Object.class);
                code.ifeq(error);
                side(code, 0, outcome.ok(), value, discriminant, payload);
                code.goto_(done).labelBinding(error);
                side(code, 1, outcome.error(), value, discriminant, payload);
                code.labelBinding(done);
            }
            default -> throw new AssertionError(mapping + " has no cases");
        }
    }

    private static void side(
            CodeBuilder code,
            int index,
            Optional<Mapping> side,
            int value,
            Discriminant discriminant,
            Payload payload) {
        discriminant.set(index);
        side.ifPresent(mapping -> {
            code.aload(value);
            values(code, "carried", Object.class, Object.class);
            unbox(code, mapping.carrier());
            payload.set(mapping, ValueCode.store(code, mapping.carrier()));
        });
    }

    private void variantCases(
            CodeBuilder code, Mapping.Cases mapping, int value, Discriminant discriminant, Payload payload) {
        code.aload(value);
        values(code, "classOf", Class.class, Object.class);
        int type = ValueCode.store(code, Class.class);
        Label done = code.newLabel();
        for (int i = 0; i < mapping.cases().size(); i++) {
            Mapping.JavaCase javaCase = mapping.cases().get(i);
            Label next = code.newLabel();
            code.aload(type)
                    .ldc(plan.constant(javaCase.javaType(), Class.class))
                    .if_acmpne(next);
            discriminant.set(i);
            if (javaCase instanceof Mapping.JavaCase.WithPayload some) {
                code.ldc(plan.constant(some.accessor(), MethodHandle.class)).aload(value);
                PlanClass.invokeExact(code, some.accessor().type());
                payload.set(some.payload(), ValueCode.store(code, some.payload().carrier()));
            }
            code.goto_(done).labelBinding(next);
        }
        code.aload(value);
        values(code, "notACase", RuntimeException.class, Object.class);
        code.athrow().labelBinding(done);
    }

    private void taggedCases(
            CodeBuilder code, Mapping.Tagged mapping, int value, Discriminant discriminant, Payload payload) {
        code.ldc(plan.constant(mapping.caseOf(), MethodHandle.class)).aload(value);
        PlanClass.invokeExact(code, mapping.caseOf().type());
        List<SwitchCase> targets = new ArrayList<>();
        for (int i = 0; i < mapping.payloads().size(); i++) {
            targets.add(SwitchCase.of(i, code.newLabel()));
        }
        Label done = code.newLabel();
        code.tableswitch(0, targets.size() - 1, targets.getLast().target(), targets);
        for (SwitchCase target : targets) {
            code.labelBinding(target.target());
            discriminant.set(target.caseValue());
            mapping.payloads().get(target.caseValue()).ifPresent(inner -> {
                code.ldc(plan.constant(mapping.payload(), MethodHandle.class)).aload(value);
                PlanClass.invokeExact(code, mapping.payload().type());
                unbox(code, inner.carrier());
                payload.set(inner, ValueCode.store(code, inner.carrier()));
            });
            code.goto_(done);
        }
        code.labelBinding(done);
    }
}
