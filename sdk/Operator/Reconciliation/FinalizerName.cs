namespace KubeOps.Operator.Reconciliation;

/// <summary>The name under which a finalizer is attached: <c>{group}/{class name in lower case, ending in finalizer}</c>.</summary>
internal static class FinalizerName
{
    private const int MaxLength = 63;

    internal static string Of(Type finalizer, string group)
    {
#pragma warning disable CA1308 // the name is lower case
        var name = finalizer.Name.ToLowerInvariant();
#pragma warning restore CA1308
        if (!name.EndsWith("finalizer", StringComparison.Ordinal))
            name += "finalizer";
        if (group.Length > 0)
            name = $"{group}/{name}";
        return name.Length > MaxLength ? name[..MaxLength] : name;
    }
}
