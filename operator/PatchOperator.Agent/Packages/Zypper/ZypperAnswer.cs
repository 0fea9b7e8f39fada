using System.Xml;
using System.Xml.Linq;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What <c>zypper --xmlout</c> said to a question.</summary>
/// <param name="ExitCode">See <see cref="ZypperExitCodes"/>.</param>
/// <param name="Stream">Its root element.</param>
internal sealed record ZypperAnswer(int ExitCode, XElement Stream)
{
    // A description of a package may hold any character.
    private static readonly XmlReaderSettings Lenient = new() { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>Why the solver finds no way, without its proposals; empty when it does.</summary>
    public IReadOnlyList<SolverProblem> Problems => [.. Stream.Descendants("prompt").Elements("description").Select(text => SolverProblem.Parse(text.Value))];

    /// <summary>What it complains of, a line each.</summary>
    public IReadOnlyList<string> Errors =>
    [
        .. Stream.Descendants("message").Where(message => ZypperSummary.Value(message, "type") == "error")
            .Select(message => ZypperMessages.OnOneLine(message.Value)),
    ];

    /// <summary>All that it has against what was asked, a line each.</summary>
    public IReadOnlyList<string> Complaints => [.. Problems.Select(problem => problem.Text), .. Errors];

    /// <summary>Null for what is not XML, or ends in the middle.</summary>
    public static ZypperAnswer? Parse(CommandResult result)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(result.Output.TrimStart()), Lenient);
            return new ZypperAnswer(result.ExitCode, XElement.Load(reader));
        }
        catch (Exception error) when (error is XmlException or InvalidOperationException)
        {
            return null;
        }
    }
}
