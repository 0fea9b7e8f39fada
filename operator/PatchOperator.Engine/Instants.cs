using k8s.Models;

namespace PatchOperator.Engine;

/// <summary>Times as Kubernetes has them: in whole seconds, in UTC.</summary>
public static class Instants
{
    /// <summary>A time without what is less than a second of it.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>What a field of an object says, which is in UTC; null where it says nothing.</summary>
    public static DateTimeOffset? Utc(DateTime? time) => time is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;

    /// <summary>When an object was made, in UTC; null where it does not say so.</summary>
    public static DateTimeOffset? CreatedAt(V1ObjectMeta metadata) => Utc(metadata.CreationTimestamp);
}
