using Spectre.Console;

namespace Agent.Playground.Check;

/// <summary>The report for people: the conversation with its latencies, then the verdict.</summary>
internal static class CheckPrinter
{
    internal static void Print(IAnsiConsole console, CheckReport report)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[dim]A spoken conversation through {report.Server}. Measured at the caller's ear.[/]");
        foreach (var turn in report.Turns)
            Print(console, turn, report.GreetingMilliseconds);
        console.WriteLine();
        if (report.Passed)
        {
            console.MarkupLine("[green]The words arrived in both directions, and the agent fell silent when it was spoken over.[/]");
            return;
        }

        foreach (var problem in report.Problems)
            console.MarkupLineInterpolated($"[red]FAILED[/] {problem}");
    }

    private static void Print(IAnsiConsole console, CheckTurn turn, double? greeting)
    {
        console.WriteLine();
        if (turn.Said is not null)
        {
            console.MarkupLineInterpolated($"[bold]caller[/]  {turn.Said}");
            Detail(console, $"understood as: {turn.Understood} ({turn.WordsToAgent:P0})");
        }

        console.MarkupLineInterpolated($"[bold]agent[/]   {turn.Answer}");
        Detail(console, $"recognised as: {turn.AnswerRecognised} ({turn.WordsToCaller:P0})");
        if (turn.ResponseMilliseconds is { } response)
            Latency(console, "speech end → first agent audio", response, turn.LedgerResponseMilliseconds);
        else if (greeting is { } joined)
            Latency(console, "joining → first agent audio", joined, null);
        if (turn.SilenceMilliseconds is { } silence)
            Latency(console, "barge-in: speech start → silence", silence, turn.LedgerSilenceMilliseconds);
    }

    private static void Latency(IAnsiConsole console, string what, double milliseconds, double? ledger)
    {
        if (ledger is { } own)
            console.MarkupLineInterpolated($"        {what} [bold]{milliseconds:0} ms[/] [dim](the agent's own ledger: {own:0} ms)[/]");
        else
            console.MarkupLineInterpolated($"        {what} [bold]{milliseconds:0} ms[/]");
    }

    private static void Detail(IAnsiConsole console, string text) => console.MarkupLineInterpolated($"        [dim]{text}[/]");
}
