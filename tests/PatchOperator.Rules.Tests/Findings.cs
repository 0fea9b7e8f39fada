namespace PatchOperator.Rules.Tests;

/// <summary>What breaks a rule, said in full: xunit shows the beginning of a list.</summary>
internal static class Findings
{
    /// <param name="rule">What is to be done about each.</param>
    /// <param name="findings">A line each.</param>
    public static void None(string rule, IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, $"{rule}\n{string.Join('\n', all)}");
    }
}
