namespace PatchOperator.Cli;

/// <summary>Rows under a head, in columns as wide as they need to be.</summary>
internal static class Table
{
    /// <param name="rows">The first is the head; all are of one length.</param>
    public static string Write(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Concat(rows.Select(row => string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }
}
