using Spectre.Console;

namespace Agent.Playground;

/// <summary>Says where to go next.</summary>
internal static class Welcome
{
    internal static void Print(IAnsiConsole console, LocalStack stack, Uri page)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        table.AddRow(new Markup("[bold]Talk to it[/]"), new Markup($"[bold green]{Markup.Escape(page.ToString())}[/]"));
        table.AddRow(new Text("Server"), new Text($"{stack.Server.WebSocketUrl.ToString().TrimEnd('/')} ({(stack.IsEmbedded ? "embedded, keys devkey / secret" : "from LIVEKIT_URL")})"));
        table.AddRow(new Text("Agent"), new Text(stack.AgentName));
        table.AddRow(new Text("Without a person"), new Text("./run --check"));
        console.WriteLine();
        console.Write(table);
        console.WriteLine();
        console.WriteLine("Ctrl-C ends everything.");
    }
}
