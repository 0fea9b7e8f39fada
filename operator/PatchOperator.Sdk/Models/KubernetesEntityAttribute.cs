#nullable disable // as the package: no annotations

namespace k8s.Models;

/// <summary>Says under which group, version, kind and plural a class is served.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KubernetesEntityAttribute : Attribute
{
    /// <summary>The kind.</summary>
    public string Kind { get; set; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; set; }

    /// <summary>The version, without the group.</summary>
    public string ApiVersion { get; set; }

    /// <summary>The plural, as it stands in addresses.</summary>
    public string PluralName { get; set; }
}
