package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {

    private static final PooledByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    @Test
    void a_few_bytes_of_a_read_are_kept_in_a_buffer_of_their_size() {
        ByteBuf read =
                POOL.directBuffer(ReceiveBuffer.SMALL, ReceiveBuffer.SMALL).writeLong(42);
        ByteBuf kept = ReceiveBuffer.forKeeping(read, POOL);
        assertThat(read.refCnt()).isZero();
        assertThat(kept.capacity()).isLessThan(100);
        assertThat(kept.readLong()).isEqualTo(42);
        kept.release();
    }

    @Test
    void most_of_a_read_stays_where_it_is() {
        ByteBuf read =
                POOL.directBuffer(ReceiveBuffer.SMALL, ReceiveBuffer.SMALL).writeZero(3_000);
        assertThat(ReceiveBuffer.forKeeping(read, POOL)).isSameAs(read);
        read.release();
    }
}
