import { App } from 'aws-cdk-lib';
import { DailySalesStack } from './stack.ts';

new DailySalesStack(new App(), 'DailySales');
