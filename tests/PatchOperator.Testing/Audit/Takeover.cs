namespace PatchOperator.Testing.Audit;

/// <summary>How another replica went on, as the audit log has it.</summary>
/// <param name="Leader">What had befallen the leader.</param>
/// <param name="LeaseSeconds">From then until another had the lease; null: never.</param>
/// <param name="FirstWriteSeconds">From then until another wrote something other than the lease; null: never.</param>
/// <param name="LateWrites">What the former leader wrote when another had the lease, until it led again, and the API server took.</param>
public sealed record Takeover(string Leader, double? LeaseSeconds, double? FirstWriteSeconds, int LateWrites)
{
    /// <summary>One for each fault; what was written after the next one counts for that.</summary>
    /// <param name="faults">In order.</param>
    /// <param name="audit">In order.</param>
    public static List<Takeover> After(IReadOnlyList<Fault> faults, IReadOnlyList<AuditEntry> audit) => [.. faults.Select((fault, number) =>
    {
        var until = number + 1 < faults.Count ? faults[number + 1].At : DateTimeOffset.MaxValue;
        var writes = audit
            .Where(entry => entry.IsWrite && entry.Code < 300 && entry.At > fault.At && entry.At < until)
            .ToLookup(entry => entry.Source.Equals(fault.Leader));
        var lease = First(writes[false].Where(entry => entry.IsOfLease));
        return new Takeover(
            fault.What,
            (lease - fault.At)?.TotalSeconds,
            (First(writes[false].Where(entry => !entry.IsOfLease)) - fault.At)?.TotalSeconds,
            writes[true].SkipWhile(entry => entry.At <= lease).TakeWhile(entry => !entry.IsOfLease).Count());
    })];

    private static DateTimeOffset? First(IEnumerable<AuditEntry> entries) => entries.Select(entry => (DateTimeOffset?)entry.At).FirstOrDefault();
}
