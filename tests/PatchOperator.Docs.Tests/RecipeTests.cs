using System.CommandLine;
using PatchOperator.Docs.Tests.Markdown;

namespace PatchOperator.Docs.Tests;

/// <summary>What docs/recipes.md shows as printed by our own commands, on the files that it shows.</summary>
public class RecipeTests
{
    private const string Page = "docs/recipes.md";

    public static TheoryData<int> Commands => [.. CommandBlocks.Of(Pages.Of(Page)).Select(block => block.Commands.Line)];

    /// <summary>With UPDATE_RECIPES=1 in the environment, what is printed is written to the page first.</summary>
    [Theory, MemberData(nameof(Commands))]
    public void A_command_prints_what_is_shown(int line)
    {
        var (command, output) = CommandBlocks.Of(Pages.Of(Page)).Single(block => block.Commands.Line == line);
        var printed = Print(command).TrimEnd();
        if (Environment.GetEnvironmentVariable("UPDATE_RECIPES") == "1")
            Update(command, printed);

        Assert.Equal(output!.Text.TrimEnd(), printed);
    }

    [Fact]
    public void Each_recipe_is_tried() => Assert.Equal(
        Pages.Of(Page).Blocks.Where(block => block.Language == "yaml").Select(block => block.Heading).Skip(1),
        CommandBlocks.Of(Pages.Of(Page)).Select(block => block.Commands.Heading).Distinct());

    private static string Print(CodeBlock command)
    {
        using var folder = new TemporaryFolder();
        var blocks = Pages.Of(Page).Blocks.Where(block => block.Language == "yaml").ToDictionary(block => block.Heading, block => block.Text);
        var words = command.Text.Split(' ');
        Assert.Equal("patch-operator", words[0]);
        // A recipe has one file, and all have the same nodes.
        File.WriteAllText(Path.Combine(folder.Path, words[Array.IndexOf(words, "-f") + 1]), blocks[command.Heading]);
        File.WriteAllText(Path.Combine(folder.Path, "nodes.yaml"), blocks["The nodes of the examples"]);
        var arguments = words[1..].Select(word => word.EndsWith(".yaml", StringComparison.Ordinal) ? Path.Combine(folder.Path, word) : word).ToArray();
        using var written = new StringWriter();
        using var said = new StringWriter();
        var code = Cli.Commands.Root(TimeProvider.System).Parse(arguments).Invoke(new InvocationConfiguration { Output = written, Error = said });
        Assert.True(code == 0, said.ToString());
        return written.ToString();
    }

    private static void Update(CodeBlock command, string printed)
    {
        var text = File.ReadAllText(Repository.PathOf(Page));
        var start = text.IndexOf("```text\n", text.IndexOf(command.Text, StringComparison.Ordinal), StringComparison.Ordinal) + "```text\n".Length;
        var end = text.IndexOf("```", start, StringComparison.Ordinal);
        File.WriteAllText(Repository.PathOf(Page), $"{text[..start]}{printed}\n{text[end..]}");
    }
}
