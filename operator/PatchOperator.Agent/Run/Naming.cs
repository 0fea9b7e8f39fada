namespace PatchOperator.Agent.Run;

/// <summary>Lists in messages.</summary>
internal static class Naming
{
    /// <summary>So many of the items, and how many more there are; empty for none.</summary>
    public static string Of(IEnumerable<string> items, int most)
    {
        var all = items.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }
}
