namespace KubeOps.Abstractions.Entities.Attributes;

/// <summary>The short names of a kind, for the command line.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class KubernetesEntityShortNamesAttribute(params string[] shortNames) : Attribute
{
    /// <summary>The short names.</summary>
    public string[] ShortNames => shortNames;
}
