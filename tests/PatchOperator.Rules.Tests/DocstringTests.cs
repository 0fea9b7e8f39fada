using System.Reflection;
using System.Xml.Linq;

namespace PatchOperator.Rules.Tests;

/// <summary>What is public says what it is.</summary>
public class DocstringTests
{
    [Theory]
    [InlineData("PatchOperator.Api")]
    [InlineData("PatchOperator.Contract")]
    [InlineData("PatchOperator.Engine")]
    [InlineData("PatchOperator.Registry")]
    [InlineData("patch-agent")]
    [InlineData("patch-operator")]
    [InlineData("PatchOperator.Sdk")]
    public void Every_public_type_has_a_docstring(string assembly)
    {
        // The compiler puts what it has read beside the assembly.
        var said = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member")
            .Where(member => member.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        var types = Assembly.Load(assembly).GetExportedTypes();

        Assert.NotEmpty(said);
        Findings.None("has no docstring:", types.Select(type => type.FullName!.Replace('+', '.')).Where(name => !said.Contains($"T:{name}")));
    }
}
