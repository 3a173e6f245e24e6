package infrarust.benchmarks.call;

import infrarust.benchmarks.call.BenchWorld.Guest;
import infrarust.benchmarks.call.BenchWorld.Host;
import infrarust.benchmarks.call.BenchWorld.Ten;
import infrarust.benchmarks.call.BenchWorld.Verdict;

/** What the guest does, in Java. */
final class PlainJava implements Guest {

    private static final Verdict PASS = new Verdict.Pass();
    private static final Verdict DROP = new Verdict.Drop();

    private final Host host;

    PlainJava(Host host) {
        this.host = host;
    }

    @Override
    public int add(int a, int b) {
        return a + b;
    }

    @Override
    public Verdict filter(int id, byte[] data) {
        if (data.length == 0) {
            return DROP;
        } else if (id == 1) {
            byte[] turned = new byte[data.length];
            for (int i = 0; i < data.length; i++) {
                turned[i] = data[data.length - 1 - i];
            }
            return new Verdict.Replace(turned);
        }
        return PASS;
    }

    @Override
    public String greet(String name) {
        return name + "!";
    }

    @Override
    public long sum(Ten value) {
        return value.sum();
    }

    @Override
    public Ten bump(Ten value) {
        return value.bump();
    }

    @Override
    public int ask(int value) {
        return host.tick(value);
    }
}
