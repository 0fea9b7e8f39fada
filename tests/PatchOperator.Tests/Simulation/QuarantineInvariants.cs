using PatchOperator.Api;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold of nodes that fell behind: one is released by what a Job has seen that was made since, and by nothing else.</summary>
internal sealed class QuarantineInvariants(ObjectStore store, SimulatedNodes nodes)
{
    public string? AQuarantineEndsByWhatWasSeenSince(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || before.As<NodePatch>().Status.Quarantine is not { ReleasedAt: null } was)
            return null;
        var now = after.As<NodePatch>().Status;
        if (now.Quarantine is { ReleasedAt: null })
            return null;
        return now.Quarantine is null ? $"{after.Name} was forgotten"
            : now.LastScan?.StartedAt is not { } seen || seen < was.Since ? $"{after.Name} was released by what was seen at {now.LastScan?.StartedAt:O}, and is in quarantine since {was.Since:O}"
            : nodes[after.Name] is { FoundPatched: false } ? $"{after.Name} was released, and nobody has found it patched"
            : null;
    }

    public string? ATaintGoesOnceItsNodeIsReleased(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || Taint(before) is not { } value || Taint(after) is not null)
            return null;
        var unwanted = value.Length > 0 && !(store.Find<PatchPolicy>("workers") is { Metadata.DeletionTimestamp: null, Spec.CatchUp: { Taint: true, Mode: not CatchUpMode.Never } });
        return unwanted || store.Find<NodePatch>(after.Name)?.Status is { Quarantine: null or { ReleasedAt: not null } } ? null : $"{after.Name} lost its taint";
    }

    private static string? Taint(StoredObject node) =>
        node.As<NodeResource>().Spec?.Taints?.FirstOrDefault(taint => taint.Key == ApiGroup.UnpatchedTaint) is { } taint ? taint.Value ?? "" : null;
}
