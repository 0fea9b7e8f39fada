namespace PatchOperator.Docs.Tests.Markdown;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, from the repository's root.</param>
/// <param name="Line">Of the page, where its text begins.</param>
/// <param name="Heading">The heading that it stands under.</param>
/// <param name="Language">Such as <c>sh</c>; empty when the fence names none.</param>
/// <param name="Text">Without the fences, and without their indentation.</param>
public sealed record CodeBlock(string Page, int Line, string Heading, string Language, string Text)
{
    /// <summary>Commands that a reader types: <c>sh</c>.</summary>
    public bool IsCommands => Language == "sh";

    /// <summary>What the commands before it print: <c>text</c>.</summary>
    public bool IsOutput => Language == "text";

    public override string ToString() => $"{Page}:{Line}";
}
