using Agent.Playground;

return await PlaygroundProgram.RunAsync(args);
