using System.Text.RegularExpressions;

namespace PatchOperator.Rules.Tests;

/// <summary>What comes from outside is an argument of a program, and never part of a line that a shell reads.</summary>
public partial class ShellTests
{
    /// <summary>The scripts of a recipe are what its author wants to be run.</summary>
    private const string Recipe = "operator/PatchOperator.Agent/Images/Building/Recipe.cs: script.Run";

    [Fact]
    public void A_script_that_is_given_to_a_shell_is_a_constant()
    {
        var scripts = SourceFile.In("operator").SelectMany(file => Script().Matches(file.Text).Select(match => (file.Path, file.Text, Name: match.Groups["script"].Value))).ToList();

        Assert.Contains(scripts, script => script.Name == "Isolate");
        Findings.None(
            "is not a constant of its file, and may hold what somebody else has written:",
            scripts.Where(script => script.Name[0] != '"' && !Regex.IsMatch(script.Text, $@"\bconst string {Regex.Escape(script.Name)} = """))
                .Select(script => $"{script.Path}: {script.Name}")
                .Where(finding => finding != Recipe));
    }

    [Fact]
    public void Programs_are_started_in_one_place_with_a_list_of_arguments()
    {
        Findings.None(
            "starts a program by itself:",
            SourceFile.In("operator/PatchOperator.Agent")
                .Where(file => file.Code.Contains("ProcessStartInfo", StringComparison.Ordinal) && !file.Path.EndsWith("/HostCommands.cs", StringComparison.Ordinal))
                .Select(file => file.Path));
        Findings.None("has a line for a shell:", SourceFile.In("operator").Where(file => Line().IsMatch(file.Code)).Select(file => file.Path));
    }

    /// <summary>What follows the option by which shells, and Python, take a script.</summary>
    [GeneratedRegex(@"""-e?c"",\s*(?<script>[^\s,\])]+)")]
    private static partial Regex Script();

    /// <summary>Of a program's start: all arguments in one text, or a shell in between.</summary>
    [GeneratedRegex(@"\bUseShellExecute = true|(?<!\w)start\.Arguments\b|\bArguments = [$""]")]
    private static partial Regex Line();
}
