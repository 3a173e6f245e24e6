package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Who calls whom within a module, to bound the stack at a price that the common call does not pay: only functions that may call
 * themselves, directly or through others, count how deep they are ({@link ChicoryStore#descend}). What the others need is known
 * beforehand and charged to the counted function, or to the entry, that leads to them.
 *
 * <p>Nodes are the functions that the module defines, then one for each type of indirect call, which leads to every function of
 * that type that may be in a table. Calls to imports leave the module; the store counts there.
 */
final class CallGraph {

    /** Frames beside a function's own: the one that counts, an indirect call's. */
    private static final int EXTRA = 256;
    /** A module whose uncounted calls could take more than this has all its functions counted. */
    private static final int MAX_UNCOUNTED = 64 * 1024;

    private final int imported;
    private final int functions;
    private final IntUnaryOperator frame;
    private final List<int[]> callees;
    private final BitSet recursive = new BitSet();
    /** Bytes of a node's frame and those below it, up to the next counted function. */
    private final int[] chain;

    private final boolean all;
    private final int entry;

    /**
     * Analyses a module.
     *
     * @param frame bytes of the frame of a function, by its index, imports counted
     */
    CallGraph(WasmModule module, IntUnaryOperator frame) {
        this.imported = module.importSection().count(ExternalType.FUNCTION);
        this.functions = module.functionSection().functionCount();
        this.frame = frame;
        this.callees = edges(module);
        this.chain = new int[callees.size()];
        components();
        int longest = 0;
        for (int node = 0; node < chain.length; node++) {
            longest = Math.max(longest, below(node));
        }
        this.all = longest > MAX_UNCOUNTED;
        this.entry = all ? 0 : longest;
    }

    /** Whether a function counts its depth; by index, imports counted, which do not. */
    boolean counts(int index) {
        return index >= imported && (all || recursive.get(index - imported));
    }

    /** Bytes that a counted function is charged. */
    int charge(int index) {
        return all ? frame.applyAsInt(index) + EXTRA : chain[index - imported];
    }

    /** Bytes that an entry into the module is charged for what does not count. */
    int entry() {
        return entry;
    }

    // Edges

    private List<int[]> edges(WasmModule module) {
        Map<FunctionType, Integer> indirect = new HashMap<>();
        List<int[]> edges = new ArrayList<>();
        BitSet taken = new BitSet();
        for (Element element : module.elementSection().elements()) {
            element.initializers().forEach(expression -> take(expression, taken));
        }
        for (Global global : module.globalSection().globals()) {
            take(global.initInstructions(), taken);
        }
        for (int f = 0; f < functions; f++) {
            BitSet called = new BitSet();
            for (Instruction instruction :
                    module.codeSection().getFunctionBody(f).instructions()) {
                switch (instruction.opcode()) {
                    case CALL -> {
                        int target = (int) instruction.operand(0) - imported;
                        if (target >= 0) {
                            called.set(target);
                        }
                    }
                    case CALL_INDIRECT -> {
                        FunctionType type = module.typeSection().getType((int) instruction.operand(0));
                        called.set(functions + indirect.computeIfAbsent(type, t -> indirect.size()));
                    }
                    case REF_FUNC -> take(List.of(instruction), taken);
                    default -> {
                        // Calls nothing.
                    }
                }
            }
            edges.add(called.stream().toArray());
        }
        FunctionType[] types = new FunctionType[indirect.size()];
        indirect.forEach((type, number) -> types[number] = type);
        for (FunctionType type : types) {
            edges.add(taken.stream()
                    .filter(f -> module.typeSection()
                            .getType(module.functionSection().getFunctionType(f))
                            .equals(type))
                    .toArray());
        }
        return edges;
    }

    private void take(List<Instruction> expression, BitSet taken) {
        for (Instruction instruction : expression) {
            if (instruction.opcode() == OpCode.REF_FUNC && instruction.operand(0) >= imported) {
                taken.set((int) instruction.operand(0) - imported);
            }
        }
    }

    // Strongly connected components

    /** One node on the way down. */
    private static final class Visit {
        private final int node;
        /** Which of its callees to look at next. */
        private int next;

        Visit(int node) {
            this.node = node;
        }
    }

    /** Tarjan's algorithm without recursion: components come out callees first. */
    private void components() {
        int nodes = callees.size();
        int[] order = new int[nodes];
        int[] low = new int[nodes];
        BitSet open = new BitSet();
        Deque<Integer> stack = new ArrayDeque<>();
        int counter = 0;
        for (int root = 0; root < nodes; root++) {
            if (order[root] != 0) {
                continue;
            }
            Deque<Visit> way = new ArrayDeque<>();
            way.push(new Visit(root));
            while (!way.isEmpty()) {
                Visit visit = way.peek();
                int node = visit.node;
                if (order[node] == 0) {
                    order[node] = low[node] = ++counter;
                    stack.push(node);
                    open.set(node);
                }
                int[] targets = callees.get(node);
                if (visit.next < targets.length) {
                    int target = targets[visit.next++];
                    if (order[target] == 0) {
                        way.push(new Visit(target));
                    } else if (open.get(target)) {
                        low[node] = Math.min(low[node], order[target]);
                    }
                    continue;
                }
                way.pop();
                if (!way.isEmpty()) {
                    int caller = way.peek().node;
                    low[caller] = Math.min(low[caller], low[node]);
                }
                if (low[node] == order[node]) {
                    close(node, stack, open);
                }
            }
        }
    }

    private void close(int root, Deque<Integer> stack, BitSet open) {
        List<Integer> members = new ArrayList<>();
        int node;
        do {
            node = stack.pop();
            open.clear(node);
            members.add(node);
        } while (node != root);
        int only = members.getFirst();
        if (members.size() > 1 || Arrays.stream(callees.get(only)).anyMatch(target -> target == only)) {
            members.forEach(recursive::set);
        }
        // Indirect calls first: functions of the same component look at them.
        members.stream().filter(member -> member >= functions).forEach(this::measure);
        members.stream().filter(member -> member < functions).forEach(this::measure);
    }

    private void measure(int node) {
        int deepest = 0;
        for (int target : callees.get(node)) {
            deepest = Math.max(deepest, below(target));
        }
        int own = node < functions ? frame.applyAsInt(node + imported) + EXTRA : EXTRA;
        chain[node] = Math.min(own + deepest, Integer.MAX_VALUE / 2);
    }

    /** What a caller is charged for a callee: nothing if that counts itself. */
    private int below(int node) {
        return node < functions && recursive.get(node) ? 0 : chain[node];
    }
}
