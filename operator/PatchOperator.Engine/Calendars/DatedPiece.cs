using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>An opening, or what closed times leave of it, with the local date on which the whole of it began.</summary>
internal readonly record struct DatedPiece(LocalDate Day, MergedOpening Piece);
