package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.BanEntry;
import infrarust.proxy.wasm.contract023.Types.BanTarget;
import infrarust.proxy.wasm.contract023.Types.ServiceError;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The import {@code ban-service}. */
@WitInterface("infrarust:plugin/ban-service@0.2.3")
interface BanService {

    /** No duration is for ever. */
    Result<Unit, ServiceError> ban(BanTarget target, Optional<String> reason, OptionalLong durationMs);

    Result<Boolean, ServiceError> unban(BanTarget target);

    Result<Boolean, ServiceError> isBanned(BanTarget target);

    Result<Optional<BanEntry>, ServiceError> getBan(BanTarget target);

    Result<List<BanEntry>, ServiceError> getAllBans();
}
