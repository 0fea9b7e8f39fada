using System.Runtime.CompilerServices;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>
/// A test that takes the <see cref="CrdServer"/>. Where it cannot be had the test is skipped, and its name says why: a reason alone is not shown.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CrdServerFactAttribute : FactAttribute
{
    public CrdServerFactAttribute([CallerMemberName] string test = "")
    {
        Skip = CrdServer.WhyNot;
        if (CrdServer.WhyNot is { } reason)
            DisplayName = $"{test} ({reason})";
    }
}

/// <summary>A table of tests that take the <see cref="CrdServer"/>, skipped as a whole where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CrdServerTheoryAttribute : TheoryAttribute
{
    public CrdServerTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = CrdServer.WhyNot;
        if (CrdServer.WhyNot is { } reason)
            DisplayName = $"{test} ({reason})";
    }
}
