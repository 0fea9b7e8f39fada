using System.Reflection;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Rules.Tests;

/// <summary>A reason that no test names is one that nobody has seen come.</summary>
public class ReasonTests
{
    [Theory]
    [InlineData(typeof(Reasons))]
    [InlineData(typeof(AgentReasons))]
    [InlineData(typeof(ImageReasons))]
    public void Every_reason_is_named_by_a_test(Type reasons)
    {
        var tests = string.Concat(
            SourceFile.In("tests").Where(file => !file.Path.StartsWith("tests/PatchOperator.Rules.Tests/", StringComparison.Ordinal)).Select(file => file.Text));
        var unnamed = reasons.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => !tests.Contains($"{reasons.Name}.{field.Name}", StringComparison.Ordinal)
                && !tests.Contains($"\"{field.GetRawConstantValue()}\"", StringComparison.Ordinal))
            .Select(field => field.Name);

        Findings.None("no test names:", unnamed);
    }
}
