namespace KubeOps.Abstractions.Entities.Attributes;

/// <summary>Says whether objects of a kind live in namespaces.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class EntityScopeAttribute(EntityScope scope = default) : Attribute
{
    /// <summary>The scope.</summary>
    public EntityScope Scope => scope;
}
