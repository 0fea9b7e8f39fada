using Xunit;

namespace PatchOperator.Testing;

/// <summary>A test on a <see cref="K3sCluster"/>; where there is none it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class K3sFactAttribute : FactAttribute
{
    /// <summary>Skips where no such cluster is wanted.</summary>
    public K3sFactAttribute() => Skip = K3sCluster.WhyNot;
}
